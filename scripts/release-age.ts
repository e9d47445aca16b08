const MINIMUM_AGE_DAYS = 14;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The time until which a version must have been published to be old enough for the shipped lock:
 * who sets npm's `min-release-age` to less can install it, and a malicious release is usually found
 * by then.
 */
export function releasedBefore(now: Date): string {
  return new Date(now.getTime() - MINIMUM_AGE_DAYS * DAY_MS).toISOString();
}
