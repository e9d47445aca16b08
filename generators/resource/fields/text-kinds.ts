import type { Parsed } from '../../../lib/options/option.ts';
import type { FieldType } from '../definition.ts';
import type { FieldKindRow } from './field-kind.ts';
import { outside, parseBounds } from './bounds.ts';
import { matches, type Pattern, variedExample } from './pattern.ts';

/** The longest VARCHAR of PostgreSQL. */
const MAX_LENGTH = 10_485_760;

export const string: FieldKindRow<'string'> = {
  usage: 'string(200) or string(3..10)',
  parse: parseString,
  parseDefault: (text, { min, max, match }) => {
    const wrong = outside(Array.from(text).length, { min: min ?? 0, max });
    return wrong === undefined
      ? parseText(text, match)
      : { problem: `expected a length of ${wrong}` };
  },
  filter: 'equal',
  element: true,
  count: ({ max, match }) => (match === undefined ? 36 ** max : countMatching(match)),
  examples: ({ min = 1, max, match }, name) =>
    distinct(exampleTexts(name, match).map((value) => (match ? value : fit(value, min, max)))),
};

export const text: FieldKindRow<'text'> = {
  usage: 'text',
  parse: plain('text'),
  parseDefault: (value, { match }) => parseText(value, match),
  filter: 'equal',
  element: true,
  count: ({ match }) => (match === undefined ? Infinity : countMatching(match)),
  examples: ({ match }, name) => distinct(exampleTexts(name, match)),
};

/** Parses a type that takes no arguments. */
export function plain<Kind extends string>(
  kind: Kind,
): (args: string | undefined) => Parsed<{ readonly kind: Kind }> {
  return (args) =>
    args === undefined ? { value: { kind } } : { problem: `"${kind}" takes no arguments` };
}

function parseString(args: string | undefined): Parsed<FieldType<'string'>> {
  if (args === undefined) return { problem: 'the length is missing' };
  const range = parseBounds(/^\d+$/.test(args) ? `..${args}` : args, readLength);
  if ('problem' in range) return range;
  const { min, max } = range.value;
  if (max === undefined || max === 0) return { problem: 'the greatest length is missing' };
  return { value: { kind: 'string', ...(min !== undefined && { min }), max } };
}

function readLength(text: string): number | undefined {
  const length = Number(text);
  return Number.isInteger(length) && length >= 0 && length <= MAX_LENGTH ? length : undefined;
}

function parseText(value: string, match: Pattern | undefined): Parsed<string> {
  if (value.includes('\0') || /\p{Cs}/u.test(value)) {
    return { problem: 'expected no NUL character and no half of a surrogate pair' };
  }
  return match === undefined || matches(match.pattern, value)
    ? { value }
    : { problem: `expected a match of ${match.pattern}` };
}

function exampleTexts(name: string, match: Pattern | undefined): string[] {
  if (match === undefined) {
    return ['Some', 'Another'].map((word) => `${word} ${name.replaceAll('_', ' ')}`);
  }
  const [before, after] = variedExample(match) ?? [];
  if (before === undefined || after === undefined) return [match.example];
  const others = ['001', '002'].map((digits) => before + digits + after);
  return [match.example, ...others.filter((text) => text !== match.example)];
}

function countMatching(match: Pattern): number {
  return variedExample(match) === undefined ? 1 : 1000;
}

/** Cuts or fills a text to a length. Its first letter stays, so that two of them differ. */
function fit(value: string, min: number, max: number): string {
  return value.slice(0, max).trimEnd().padEnd(min, 'x');
}

function distinct(values: readonly string[]): [unknown, unknown?] {
  const [first, second] = values;
  return second === undefined || first === second ? [first] : [first, second];
}
