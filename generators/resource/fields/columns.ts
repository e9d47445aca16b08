import type { Field } from '../definition.ts';
import type { FieldLocals } from './field-locals.ts';
import { requiredSnippet, type Snippets } from './snippets.ts';

/** A line of the Prisma model. */
export function prismaLine(field: Field, snippets: Snippets, locals: FieldLocals): string {
  const { camel, column, array, nullable, unique } = locals;
  const type = requiredSnippet(snippets, 'prisma type');
  const defaultValue = array && field.optional ? '[]' : prismaDefault(field);
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
  const defaultValue = array && field.optional ? `ARRAY[]::${type}[]` : sqlDefault(field);
  return [
    `"${column}"`,
    `${type}${array ? '[]' : ''}`,
    ...(array || nullable ? [] : ['NOT NULL']),
    ...(defaultValue === undefined ? [] : [`DEFAULT ${defaultValue}`]),
  ].join(' ');
}

const UNQUOTED = ['int', 'bigint', 'float', 'decimal', 'boolean'];

function prismaDefault({ type: { kind }, default: text }: Field): string | undefined {
  if (text === undefined || kind === 'enum' || UNQUOTED.includes(kind)) return text;
  return JSON.stringify(prismaTime(kind, text));
}

/** Prisma writes a date and a time as a point in time. */
function prismaTime(kind: string, text: string): string {
  if (kind === 'date') return `${text}T00:00:00Z`;
  return kind === 'time' ? `1970-01-01T${text}Z` : text;
}

function sqlDefault({ type: { kind }, default: text }: Field): string | undefined {
  if (text === undefined || UNQUOTED.includes(kind)) return text;
  return `'${text.replaceAll("'", "''")}'`;
}
