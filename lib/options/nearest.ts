import leven, { closestMatch } from 'leven';

const MAX_DISTANCE = 3;

/** The candidate that a mistyped word probably means; undefined when none is close. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  const best = closestMatch(word, candidates, { maxDistance: MAX_DISTANCE });
  // Any short word is a few letters away from any other.
  return best !== undefined && leven(word, best) <= Math.ceil(best.length / 2) ? best : undefined;
}
