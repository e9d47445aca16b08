import type { Json, JsonValue } from '../../domain/models/json.ts';

/**
 * What a column of JSON holds.
 *
 * @throws {TypeError} when it is neither an object nor a list, which the API never stores
 */
export function toJson(value: JsonValue): Json {
  if (typeof value === 'object' && value !== null) return value;
  throw new TypeError('A column of JSON holds neither an object nor a list');
}
