import { InvalidInputException } from '../domain/exceptions.ts';
import type { ListOptions, SortKey } from '../domain/ports/repository.ts';

/** A query string as Fastify parses it: a name that occurs several times has a list. */
export type QueryParams = Readonly<Record<string, string | string[] | undefined>>;

/** A value as it was meant: "true" and "false", in any case of letters, are booleans. */
export type QueryValue = string | boolean;

/**
 * The value of a query parameter, the first one if it occurs several times; with `many`, all
 * of them, however many there are.
 *
 * @param options `default` is what an absent parameter gives: otherwise undefined or, with `many`,
 *   an empty list
 */
export function getQueryParam(
  name: string,
  params: QueryParams,
  options: { default?: QueryValue[]; many: true },
): QueryValue[];
export function getQueryParam<Default = undefined>(
  name: string,
  params: QueryParams,
  options?: { default?: Default; many?: false },
): QueryValue | Default;
export function getQueryParam(
  name: string,
  params: QueryParams,
  options: { default?: unknown; many?: boolean } = {},
): unknown {
  const values = getTexts(name, params).map(toQueryValue);
  if (values.length === 0) return options.default ?? (options.many ? [] : undefined);
  return options.many ? values : values[0];
}

/** The text of a query parameter, the first one if it occurs several times. */
export function getTextQueryParam(name: string, params: QueryParams): string | undefined {
  return getTexts(name, params)[0];
}

/** A query parameter as a positive integer; undefined if it is absent or anything else. */
export function getPositiveIntegerQueryParam(
  name: string,
  params: QueryParams,
): number | undefined {
  const value = getTextQueryParam(name, params);
  if (value === undefined || !/^0*[1-9]\d*$/.test(value)) return undefined;
  return Math.min(Number(value), Number.MAX_SAFE_INTEGER);
}

/** The fields of a model that lists can be sorted by, by their names in JSON. */
export type SortFields<Model> = Readonly<Record<string, keyof Model>>;

/** What every list can be sorted by. */
export const sortFields = {
  id: 'id',
  created_at: 'createdAt',
  updated_at: 'updatedAt',
  version: 'version',
} as const;

/**
 * Reads the parameters that every list understands.
 *
 * @throws {InvalidInputException} when the list cannot be sorted as wanted
 */
export function getListOptions<Model>(
  params: QueryParams,
  fields: SortFields<Model>,
): ListOptions<Model> {
  const page = getPositiveIntegerQueryParam('page', params);
  const perPage = getPositiveIntegerQueryParam('per_page', params);
  const sort = getSort(params, fields);
  return {
    ...(page && { page }),
    ...(perPage && { perPage }),
    itemize: ['itemize', 'itemized'].some((name) => getQueryParam(name, params) === true),
    ...(sort.length > 0 && { sort }),
  };
}

/** An id from a path; NaN, which no repository finds, if it is not a decimal integer. */
export function parseId(value: string): number {
  return /^\d+$/.test(value) ? Number(value) : NaN;
}

/** Reads an order such as `-created_at,title`. */
function getSort<Model>(params: QueryParams, fields: SortFields<Model>): SortKey<Model>[] {
  const keys = getTexts('sort', params).flatMap((text) => text.split(','));
  const sort = keys.flatMap((key) => {
    const descending = key.startsWith('-');
    const name = descending ? key.slice(1) : key;
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
    return field === undefined ? [] : [{ field, descending }];
  });
  if (new Set(sort.map(({ field }) => field)).size === keys.length) return sort;
  const names = Object.keys(fields).join(', ');
  throw new InvalidInputException(
    `Invalid value for sort: expected each of these at most once, with "-" for descending: ${names}`,
  );
}

function getTexts(name: string, params: QueryParams): string[] {
  return [params[name] ?? []].flat();
}

function toQueryValue(text: string): QueryValue {
  const lowerCase = text.toLowerCase();
  return lowerCase === 'true' || (lowerCase === 'false' ? false : text);
}
