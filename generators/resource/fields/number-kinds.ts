import type { Parsed } from '../../../lib/options/option.ts';
import { type Bounds, outside, parseBounds } from './bounds.ts';
import type { FieldType } from '../definition.ts';
import type { FieldKindRow } from './field-kind.ts';
import { plain } from './text-kinds.ts';

export const int: FieldKindRow<'int'> = {
  usage: 'int or int(1..5)',
  parse: (args) => withBounds('int', args, readInt),
  parseDefault: (text, bounds) => parseNumber(text, bounds, readInt, 'an integer of 32 bits'),
  filter: 'range',
  element: true,
  count: ({ min = -(2 ** 31), max = 2 ** 31 - 1 }) => max - min + 1,
  examples: (bounds) => between(bounds, [3, 4]),
};

export const bigint: FieldKindRow<'bigint'> = {
  usage: 'bigint',
  parse: plain('bigint'),
  parseDefault: (text) => parseNumber(text, {}, readBigint, 'an integer of 64 bits'),
  filter: 'range',
  element: true,
  count: () => Infinity,
  // A double cannot tell these apart.
  examples: () => ['9007199254740992', '9007199254740993'],
};

export const float: FieldKindRow<'float'> = {
  usage: 'float or float(0..1)',
  parse: (args) => withBounds('float', args, readFloat),
  parseDefault: (text, bounds) => parseNumber(text, bounds, readFloat, 'a number'),
  filter: 'range',
  element: true,
  count: ({ min, max }) => (min !== undefined && min === max ? 1 : Infinity),
  examples: (bounds) => between(bounds, [0.5, 0.75]),
};

export const decimal: FieldKindRow<'decimal'> = {
  usage: 'decimal(10,2)',
  parse: parseDecimal,
  parseDefault: parseDecimalDefault,
  filter: 'range',
  element: true,
  count: ({ precision }) => 10 ** precision,
  examples: ({ precision, scale }) =>
    precision > scale
      ? [(1).toFixed(scale), (2).toFixed(scale)]
      : [`0.${'1'.padStart(scale, '0')}`, `0.${'2'.padStart(scale, '0')}`],
};

function withBounds<Kind extends string>(
  kind: Kind,
  args: string | undefined,
  read: (text: string) => number | undefined,
): Parsed<{ readonly kind: Kind } & Bounds> {
  if (args === undefined) return { value: { kind } };
  const bounds = parseBounds(args, read);
  return 'problem' in bounds ? bounds : { value: { kind, ...bounds.value } };
}

function parseNumber(
  text: string,
  bounds: Bounds,
  read: (text: string) => number | bigint | undefined,
  what: string,
): Parsed<string> {
  const value = read(text);
  if (value === undefined) return { problem: `expected ${what}` };
  const wrong = outside(Number(value), bounds);
  return wrong === undefined ? { value: String(value) } : { problem: `expected ${wrong}` };
}

function readInt(text: string): number | undefined {
  const value = Number(text);
  return /^-?\d+$/.test(text) && value >= -(2 ** 31) && value < 2 ** 31 ? value : undefined;
}

function readBigint(text: string): bigint | undefined {
  if (!/^-?\d+$/.test(text)) return undefined;
  const value = BigInt(text);
  return BigInt.asIntN(64, value) === value ? value : undefined;
}

function readFloat(text: string): number | undefined {
  return /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(text) && Number.isFinite(Number(text))
    ? Number(text)
    : undefined;
}

function parseDecimal(args: string | undefined): Parsed<FieldType<'decimal'>> {
  const match = /^(\d+)(?:[,.](\d+))?$/.exec(args?.replaceAll(' ', '') ?? '');
  const [precision, scale] = [Number(match?.[1]), Number(match?.[2] ?? 0)];
  if (match === null) return { problem: 'the digits are missing' };
  // Beyond, Prisma's own decimals lose digits of what they print.
  if (precision < 1 || precision > 1000) return { problem: 'expected 1 to 1000 digits' };
  if (scale > precision) return { problem: `expected at most ${precision} digits after the point` };
  return { value: { kind: 'decimal', precision, scale } };
}

function parseDecimalDefault(
  text: string,
  { precision, scale }: FieldType<'decimal'>,
): Parsed<string> {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)0*(\d+?)(?:\.(\d+))?$/.exec(text) ?? [];
  const digits = whole === '0' ? 0 : whole.length;
  if (whole === '' || digits > precision - scale || fraction.length > scale) {
    return {
      problem: `expected at most ${precision - scale} digits before the point and ${scale} after it`,
    };
  }
  return { value: `${sign}${whole}${scale > 0 ? `.${fraction.padEnd(scale, '0')}` : ''}` };
}

/** The wanted values, or others where the bounds do not allow them. */
function between(
  { min = -Infinity, max = Infinity }: Bounds,
  [low, high]: readonly [number, number],
): [number, number?] {
  if (min <= low && high <= max) return [low, high];
  if (min === max) return [min];
  if (min === -Infinity) return [max - 1, max];
  return [min, Math.min(min + 1, max)];
}
