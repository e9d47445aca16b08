import { type Static, type TSchema, type TStringOptions, Type } from 'typebox';
import type { QueryParams, SortFields } from '../requests.ts';

/** What a schema of one type accepts, or null. */
export function Nullable<Schema extends TSchema & { type: string }>(schema: Schema) {
  return Type.Unsafe<Static<Schema> | null>({ ...schema, type: [schema.type, 'null'] });
}

/** A string that PostgreSQL can store: `validation.ts` holds the format. */
export function Text(options: TStringOptions = {}) {
  return Type.String({ ...options, format: 'text' });
}

/** A `Text` or null. */
export function NullableText(options: TStringOptions = {}) {
  return Nullable(Text(options));
}

/** A point in time in JSON. */
export const Timestamp = Type.String({ format: 'date-time' });

/** A `Timestamp` or null. */
export const NullableTimestamp = Nullable(Timestamp);

/** A path's id. Any string arrives: only the documentation says integer. */
export const IdParams = Type.Object({
  id: Type.Unsafe<string>({ type: 'integer', minimum: 1 }),
});

/** The headers of a write that is performed only if the resource has not changed. */
export const ChangeConditions = Type.Object({
  'if-match': Type.Optional(
    Type.String({ description: 'The ETag of what is to be changed; answers 412 if it is stale' }),
  ),
  'if-none-match': Type.Optional(
    Type.String({
      description: 'The ETags of what is not to be changed; answers 412 if it has one of them',
    }),
  ),
});

/** The headers of a read whose answer the client may have already. */
export const ReadConditions = Type.Object({
  'if-none-match': Type.Optional(
    Type.String({
      description: 'The ETags that the client has; answers 304 if the current one is among them',
    }),
  ),
});

/** The query of a list. Any strings arrive: `requests.ts` says what becomes of them. */
export function ListQuery<Model>(fields: SortFields<Model>, filters: Record<string, TSchema>) {
  const key = `-?(${Object.keys(fields).join('|')})`;
  const parameters = Type.Object({
    page: Type.Integer({ minimum: 1, default: 1 }),
    per_page: Type.Integer({ minimum: 1, maximum: 100, default: 10 }),
    itemize: Type.Boolean({ default: false, description: 'All items at once, without pages' }),
    sort: Type.String({
      pattern: `^${key}(,${key})*$`,
      description: 'The fields to sort by, each after a "-" in descending order',
    }),
    ...filters,
  });
  return Type.Unsafe<QueryParams>(Type.Partial(parameters));
}

/** A page of items, or all items without the numbers of a page. */
export function ListOf<Item extends TSchema>(item: Item) {
  return Type.Object({
    total: Type.Optional(Type.Integer()),
    page: Type.Optional(Type.Integer()),
    per_page: Type.Optional(Type.Integer()),
    items: Type.Array(item),
  });
}

/** An error: RFC 9457 and the member `error_message`. */
export const Problem = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  detail: Type.String(),
  error_message: Type.Unsafe<string | Record<string, string>>({
    description: 'The message, or a message for each invalid field',
  }),
});
