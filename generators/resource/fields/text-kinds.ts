import type { Parsed } from '../../../lib/options/option.ts';
import type { FieldType } from '../definition.ts';
import type { FieldKindRow } from './field-kind.ts';
import { outside, parseBounds } from './bounds.ts';

/** The longest VARCHAR of PostgreSQL. */
const MAX_LENGTH = 10_485_760;

export const string: FieldKindRow<'string'> = {
  usage: 'string(200) or string(3..10)',
  parse: parseString,
  parseDefault: (text, { min, max }) => {
    const wrong = outside(Array.from(text).length, { min: min ?? 0, max });
    return wrong === undefined ? parseStorable(text) : { problem: `expected a length of ${wrong}` };
  },
  filter: 'equal',
  element: true,
  examples: ({ min = 1, max }, name) =>
    distinct(
      ['Some', 'Another'].map((word) => fit(`${word} ${name.replaceAll('_', ' ')}`, min, max)),
    ),
};

export const text: FieldKindRow<'text'> = {
  usage: 'text',
  parse: plain('text'),
  parseDefault: parseStorable,
  filter: 'equal',
  element: true,
  examples: (_, name) => [
    `Some ${name.replaceAll('_', ' ')}`,
    `Another ${name.replaceAll('_', ' ')}`,
  ],
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

function parseStorable(value: string): Parsed<string> {
  return value.includes('\0') || /\p{Cs}/u.test(value)
    ? { problem: 'expected no NUL character and no half of a surrogate pair' }
    : { value };
}

/** Cuts or fills a text to a length. Its first letter stays, so that two of them differ. */
function fit(value: string, min: number, max: number): string {
  return value.slice(0, max).trimEnd().padEnd(min, 'x');
}

function distinct(values: readonly string[]): [unknown, unknown?] {
  const [first, second] = values;
  return first === second ? [first] : [first, second];
}
