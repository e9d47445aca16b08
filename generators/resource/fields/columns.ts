import type { Field } from '../definition.ts';
import type { FieldLocals } from './field-locals.ts';
import { requiredSnippet, type Snippets } from './snippets.ts';

/** A line of the Prisma model. */
export function prismaLine(field: Field, snippets: Snippets, locals: FieldLocals): string {
  const { camel, column, array, nullable, unique } = locals;
  const type = requiredSnippet(snippets, 'prisma type');
  const defaultValue = prismaDefault(field);
  return [
    camel,
    `${type}${array ? '[]' : nullable ? '?' : ''}`,
    ...(unique ? ['@unique'] : []),
    ...(defaultValue === undefined ? [] : [`@default(${defaultValue})`]),
    ...(camel === column ? [] : [`@map("${column}")`]),
    ...[snippets.get('prisma attribute') ?? []].flat(),
  ].join(' ');
}

/** A column of CREATE TABLE. */
export function sqlColumn(field: Field, snippets: Snippets, locals: FieldLocals): string {
  const { column, array, nullable } = locals;
  const type = requiredSnippet(snippets, 'sql');
  const defaultValue = sqlDefault(field, type);
  return [
    `"${column}"`,
    `${type}${array ? '[]' : ''}`,
    ...(array || nullable ? [] : ['NOT NULL']),
    ...(defaultValue === undefined ? [] : [`DEFAULT ${defaultValue}`]),
  ].join(' ');
}

const UNQUOTED = ['int', 'bigint', 'float', 'decimal', 'boolean'];

/** Lists and JSON are never null: left out, they are empty. */
function prismaDefault({ type, array, optional, default: text }: Field): string | undefined {
  const { kind } = type;
  if (optional && array) return '[]';
  if (optional && kind === 'json') return '"{}"';
  if (text === undefined || kind === 'enum' || UNQUOTED.includes(kind)) return text;
  return JSON.stringify(prismaTime(kind, text));
}

/** Prisma writes a date and a time as a point in time. */
function prismaTime(kind: string, text: string): string {
  if (kind === 'date') return `${text}T00:00:00Z`;
  return kind === 'time' ? `1970-01-01T${text}Z` : text;
}

/** A default value as a literal of SQL; undefined if the column has none. */
export function sqlDefault(
  { type: { kind }, array, optional, default: text }: Field,
  sqlType: string,
): string | undefined {
  if (optional && array) return `ARRAY[]::${sqlType}[]`;
  if (optional && kind === 'json') return "'{}'";
  if (text === undefined || UNQUOTED.includes(kind)) return text;
  return `'${text.replaceAll("'", "''")}'`;
}
