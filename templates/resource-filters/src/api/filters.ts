import { InvalidInputException } from '../domain/exceptions.ts';
import type { Filter } from '../domain/ports/filter.ts';
import type { QueryParams } from './requests.ts';
import { formats } from './validation.ts';

/** Reads a value; undefined if the text is none. */
export interface Parser<Value> {
  (text: string): Value | undefined;
}

const INTEGER = /^-?\d{1,10}$/;
const NUMBER = /^-?\d+(\.\d+)?(e[-+]?\d+)?$/i;
const MAX_DIGITS = 1000;

/** Any of the values that a parameter has; undefined if it is absent. */
export function getFilter<Value>(
  name: string,
  params: QueryParams,
  parse: Parser<Value>,
): Filter<Value> | undefined {
  const anyOf = getValues(name, params, parse);
  return anyOf.length > 0 ? { anyOf } : undefined;
}

/** The same, with the least value in `<name>_from` and the greatest in `<name>_to`. */
export function getRangeFilter<Value>(
  name: string,
  params: QueryParams,
  parse: Parser<Value>,
): Filter<Value> | undefined {
  const [from] = getValues(`${name}_from`, params, parse);
  const [to] = getValues(`${name}_to`, params, parse);
  const filter = {
    ...getFilter(name, params, parse),
    ...(from !== undefined && { from }),
    ...(to !== undefined && { to }),
  };
  return Object.keys(filter).length > 0 ? filter : undefined;
}

/** A boolean; both values together restrict nothing. */
export function getBooleanFilter(name: string, params: QueryParams): boolean | undefined {
  const values = new Set(getValues(name, params, parseBoolean));
  return values.size === 1 ? values.has(true) : undefined;
}

export const parseText: Parser<string> = (text) => (formats.text.accepts(text) ? text : undefined);

/** Reads an integer that fits into 32 bits. */
export const parseInteger: Parser<number> = (text) => {
  const value = Number(text);
  return INTEGER.test(text) && (value | 0) === value ? value : undefined;
};

/** Reads an integer that fits into 64 bits. */
export const parseBigInt: Parser<bigint> = (text) =>
  formats.int64.accepts(text) ? BigInt(text) : undefined;

export const parseNumber: Parser<number> = (text) =>
  NUMBER.test(text) && Number.isFinite(Number(text)) ? Number(text) : undefined;

export const parseDecimal: Parser<string> = (text) =>
  /^-?\d+(\.\d+)?$/.test(text) && text.length <= MAX_DIGITS ? text : undefined;

export const parseDate: Parser<Date> = (text) =>
  formats.date.accepts(text) ? new Date(text) : undefined;

export const parseTime: Parser<Date> = (text) =>
  formats.time.accepts(text) ? new Date(`1970-01-01T${text}Z`) : undefined;

export const parseDateTime: Parser<Date> = (text) =>
  formats['date-time'].accepts(text) ? new Date(text) : undefined;

export const parseUuid: Parser<string> = (text) => (formats.uuid.accepts(text) ? text : undefined);

/** Reads one of some values. */
export function parseChoice<const Value extends string>(values: readonly Value[]): Parser<Value> {
  return (text) => values.find((value) => value === text);
}

const parseBoolean: Parser<boolean> = (text) => ({ true: true, false: false })[text.toLowerCase()];

function getValues<Value>(name: string, params: QueryParams, parse: Parser<Value>): Value[] {
  return [params[name] ?? []].flat().map((text) => {
    const value = parse(text);
    if (value === undefined) throw new InvalidInputException(`Invalid value for ${name}`);
    return value;
  });
}
