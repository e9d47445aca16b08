import type { Parsed } from '../../../lib/options/option.ts';

/** What a text has to match, and a text that does. */
export interface Pattern {
  /** A regular expression of JavaScript with the flag `u`. */
  readonly pattern: string;
  readonly example: string;
}

/** How many digits of an example the tests vary. */
const VARIED = 3;

/** Parses a pattern; the example shows the tests what matches it. */
export function parsePattern(pattern: string, example: string): Parsed<Pattern> {
  if (!isRegularExpression(pattern)) {
    return { problem: `invalid pattern "${pattern}": expected a regular expression of JavaScript` };
  }
  if (example === '') return { problem: 'a pattern needs example=, a text that matches it' };
  return matches(pattern, example)
    ? { value: { pattern, example } }
    : { problem: `the example "${example}" does not match ${pattern}` };
}

/** Whether a text matches a pattern, as the API checks it. */
export function matches(pattern: string, text: string): boolean {
  return new RegExp(pattern, 'u').test(text);
}

/**
 * The parts of an example before and after three digits that can be any, so that tests can make
 * different texts; undefined when there are none.
 */
export function variedExample({ pattern, example }: Pattern): [string, string] | undefined {
  const starts = Array.from({ length: example.length }, (_, index) => index).reverse();
  const start = starts.find((index) => {
    const digits = example.slice(index, index + VARIED);
    return /^\d{3}$/.test(digits) && allMatch(pattern, split(example, index));
  });
  return start === undefined ? undefined : split(example, start);
}

/** A text of some length that does not match; undefined when none is found. */
export function mismatch(
  { pattern, example }: Pattern,
  min: number,
  max: number,
): string | undefined {
  const texts = ['x', 'X', '0', '-', ' '].flatMap((sign) => [
    sign.repeat(example.length),
    sign.repeat(Math.max(min, 1)),
  ]);
  return texts.find((text) => text.length >= min && text.length <= max && !matches(pattern, text));
}

function split(example: string, start: number): [string, string] {
  return [example.slice(0, start), example.slice(start + VARIED)];
}

function allMatch(pattern: string, [before, after]: [string, string]): boolean {
  return Array.from({ length: 10 ** VARIED }, (_, number) => number).every((number) =>
    matches(pattern, before + String(number).padStart(VARIED, '0') + after),
  );
}

function isRegularExpression(pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
