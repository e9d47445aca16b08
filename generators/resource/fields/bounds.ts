import type { Parsed } from '../../../lib/options/option.ts';

/** What a range such as `1..5` says; either end may be open. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/**
 * Parses a range.
 *
 * @param read reads one end; undefined if it is not a value of the type
 */
export function parseBounds(
  text: string,
  read: (end: string) => number | undefined,
): Parsed<Bounds> {
  const match = /^(-?\d+(?:\.\d+)?)?\.\.(-?\d+(?:\.\d+)?)?$/.exec(text.trim());
  const groups: (string | undefined)[] = match?.slice(1) ?? [];
  const ends = groups.filter((end) => end !== undefined);
  if (match === null || ends.length === 0) {
    return { problem: `invalid bounds "${text}": expected a range such as 1..5` };
  }
  const bad = ends.find((end) => read(end) === undefined);
  if (bad !== undefined) return { problem: `bound ${bad} is out of range` };
  const [min, max] = groups.map((end) => (end === undefined ? undefined : read(end)));
  if (min !== undefined && max !== undefined && min > max) {
    return { problem: `the bounds ${text} are in the wrong order` };
  }
  return { value: { ...(min !== undefined && { min }), ...(max !== undefined && { max }) } };
}

/** Why a value is outside bounds; undefined if it is inside. */
export function outside(value: number, { min, max }: Bounds): string | undefined {
  if (min !== undefined && value < min) return `at least ${min}`;
  return max !== undefined && value > max ? `at most ${max}` : undefined;
}
