import type { ListOptions } from '../domain/ports/repository.ts';

/** A query string as Fastify parses it: a name that stands there several times has a list. */
export type QueryParams = Readonly<Record<string, string | string[] | undefined>>;

/** The value of a query parameter; the first one if it stands there several times. */
export function getQueryParam(name: string, params: QueryParams): string | undefined {
  const value = params[name];
  return Array.isArray(value) ? value[0] : value;
}

/** Whether a query parameter is "true", in any case of letters. */
export function getBooleanQueryParam(name: string, params: QueryParams): boolean {
  return getQueryParam(name, params)?.toLowerCase() === 'true';
}

/** A query parameter as a positive integer; undefined if it is absent or anything else. */
export function getPositiveIntegerQueryParam(
  name: string,
  params: QueryParams,
): number | undefined {
  const value = getQueryParam(name, params);
  if (value === undefined || !/^0*[1-9]\d*$/.test(value)) return undefined;
  return Math.min(Number(value), Number.MAX_SAFE_INTEGER);
}

/** Reads the parameters that every list understands. */
export function getListOptions(params: QueryParams): ListOptions {
  const page = getPositiveIntegerQueryParam('page', params);
  const perPage = getPositiveIntegerQueryParam('per_page', params);
  return {
    ...(page && { page }),
    ...(perPage && { perPage }),
    itemize: ['itemize', 'itemized'].some((name) => getBooleanQueryParam(name, params)),
  };
}

/** An id from a path; NaN, which no repository finds, if it is not a decimal integer. */
export function parseId(value: string): number {
  return /^\d+$/.test(value) ? Number(value) : NaN;
}
