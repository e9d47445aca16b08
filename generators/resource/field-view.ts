import type { Field, ResourceDefinition } from './definition.ts';
import { arraySnippets } from './fields/array-snippets.ts';
import { prismaLine, sqlColumn } from './fields/columns.ts';
import { defaultOf, exampleValues, literal } from './fields/example-values.ts';
import { type FilterView, filterView } from './fields/filter-view.ts';
import { fieldLocals, type FieldLocals } from './fields/field-locals.ts';
import { freshValue } from './fields/fresh-value.ts';
import { renderSnippets, requiredSnippet, type Snippets } from './fields/snippets.ts';

/** What the templates say of one field; most members are pieces of source text. */
export interface FieldView {
  /** In TypeScript. */
  name: string;
  /** In JSON and in SQL. */
  column: string;
  /** Whether a body to create must have it. */
  required: boolean;
  /** Whether it appears in no response and in no log. */
  sensitive: boolean;
  /** In TypeScript. */
  type: string;
  /** A line of the Prisma model. */
  prisma: string;
  /** A column of CREATE TABLE. */
  sql: string;
  /** A condition that the database checks; undefined when there is none. */
  check: string | undefined;
  /** The TypeBox schema in a request's body. */
  schema: string;
  /** The TypeBox schema in a response's body. */
  responseSchema: string;
  /** Converts what is in a body to what is in the domain; undefined when these are the same. */
  parse: Conversion | undefined;
  /** Converts what is in the domain to what is in a body. */
  print: Conversion | undefined;
  /** Converts what Prisma reads to what is in the domain. */
  model: Conversion | undefined;
  filter: FilterView | undefined;
  /** Whether lists can be sorted by it. */
  sortable: boolean;
  /** A value for the tests. */
  example: string;
  /** The same in the domain. */
  domainExample: string;
  /** Another one. */
  change: string;
  /** How a model prints `example`. */
  printed: string;
  /** The value when it is left out; undefined when it cannot be. */
  defaultValue: string | undefined;
  /** A new value for each test, from `number` or by `app`; undefined when any value does. */
  fresh: string | undefined;
  /** A longest value; undefined when there is none. */
  longest: string | undefined;
  /** A value that depends on `number`; undefined when there is none. */
  numbered: string | undefined;
  /** Values that are refused. */
  refusals: Refusal[];
}

/** Source text that converts the value of source text. */
export type Conversion = (value: string) => string;

/** A value that a field refuses. */
export interface Refusal {
  /** In words. */
  what: string;
  field: string;
  /** Source text, as is the message. */
  value: string;
  message: string;
}

/** Derives what the templates say of a field. */
export function fieldView(field: Field, resource: ResourceDefinition): FieldView {
  const { example, change } = exampleValues(field);
  const locals = { ...fieldLocals(field, resource), example: [example].flat()[0] };
  const ofItem = renderSnippets(field.type.kind, locals);
  const snippets = field.array ? arraySnippets(ofItem) : ofItem;
  const { camel: name, column, nullable, required } = locals;
  const type = requiredSnippet(snippets, 'type');
  const parse = conversion(snippets.get('parse'));
  return {
    name,
    column,
    required,
    sensitive: field.sensitive,
    type: nullable ? `${type} | null` : type,
    prisma: prismaLine(field, snippets, locals),
    sql: sqlColumn(field, snippets, locals),
    check: snippets.get('check'),
    schema: schemaOf(snippets, 'schema', nullable),
    responseSchema: responseSchema(snippets, nullable),
    parse: unlessNull(parse, nullable),
    print: unlessNull(conversion(snippets.get('print')), nullable),
    model: unlessNull(conversion(snippets.get('model')), nullable),
    filter: filterView(field, resource, snippets, locals),
    sortable: isSortable(field),
    example: literal(example),
    domainExample: snippets.get('domain example') ?? parse?.(literal(example)) ?? literal(example),
    change: literal(change),
    printed: snippets.get('printed') ?? printed(example),
    defaultValue: required ? undefined : literal(defaultOf(field)),
    fresh: freshValue(field, resource, snippets),
    longest: snippets.get('longest'),
    numbered: snippets.get('numbered'),
    refusals: refusals(snippets, locals),
  };
}

function isSortable({ type: { kind }, array, sensitive }: Field): boolean {
  return !array && !sensitive && kind !== 'json';
}

function printed(example: unknown): string {
  if (Array.isArray(example)) return `[${example.map(printed).join(', ')}]`;
  return typeof example === 'string' ? `'${example}'` : String(example);
}

function schemaOf(snippets: Snippets, title: string, nullable: boolean): string {
  const schema = requiredSnippet(snippets, title);
  return nullable ? (snippets.get(`nullable ${title}`) ?? `Nullable(${schema})`) : schema;
}

function responseSchema(snippets: Snippets, nullable: boolean): string {
  const title = snippets.has('response schema') ? 'response schema' : 'schema';
  return schemaOf(snippets, title, nullable);
}

/** Snippets have `$value` where the value is. */
function conversion(snippet: string | undefined): Conversion | undefined {
  return snippet === undefined ? undefined : (value) => snippet.replaceAll('$value', () => value);
}

function unlessNull(convert: Conversion | undefined, nullable: boolean): Conversion | undefined {
  if (convert === undefined || !nullable) return convert;
  return (value) => `${value} === null ? null : ${convert(value)}`;
}

function refusals(snippets: Snippets, locals: FieldLocals): Refusal[] {
  const { column: field, nullable } = locals;
  const found = [...snippets].flatMap(([title, text]) => {
    const [value = '', message = ''] = text.split('\n');
    const what = /^refused: (.*)/.exec(title)?.[1];
    return what === undefined ? [] : [{ what: `${field} ${what}`, field, value, message }];
  });
  if (nullable) return found;
  const message = snippets.get('null') ?? `'must be ${locals.jsonType}'`;
  return [...found, { what: `${field} that is null`, field, value: 'null', message }];
}
