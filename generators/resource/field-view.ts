import type { BooleanField, Field, TextField } from './definition.ts';

/** What the templates say of one field; all but `required` are pieces of source text. */
export interface FieldView {
  name: string;
  /** Whether a body to create must have it. */
  required: boolean;
  /** In TypeScript. */
  type: string;
  /** A line of the Prisma model. */
  prisma: string;
  /** A column of CREATE TABLE. */
  sql: string;
  /** The TypeBox schema in a request's body. */
  schema: string;
  /** The TypeBox schema in a response's body. */
  responseSchema: string;
  /** A value for the tests. */
  example: string;
  /** Another one. */
  change: string;
  /** How a model prints `example`. */
  printed: string;
  /** The value when it is left out; undefined when it cannot be. */
  defaultValue: string | undefined;
  /** A longest value; undefined when there is none. */
  longest: string | undefined;
  /** Values that are refused. */
  refusals: Refusal[];
}

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
export function fieldView(field: Field): FieldView {
  return field.kind === 'text' ? textView(field) : booleanView(field);
}

function textView({ name, required, maxLength }: TextField): FieldView {
  const lengths = required ? `minLength: 1, maxLength: ${maxLength}` : `maxLength: ${maxLength}`;
  const refusals: [string, string, string][] = [
    ['too long', `'x'.repeat(${maxLength + 1})`, `'must have a length of at most ${maxLength}'`],
    ['with a NUL character', `'a\\0b'`, 'NOT_STORABLE'],
    ['with half of a surrogate pair', `'\\ud800'`, 'NOT_STORABLE'],
    ['that is a number', '1', required ? "'must be string'" : "'must be string or null'"],
  ];
  if (required) {
    refusals.push(['that is empty', `''`, "'must have a length of at least 1'"]);
    refusals.push(['that is null', 'null', "'must be string'"]);
  }
  return {
    name,
    required,
    type: required ? 'string' : 'string | null',
    prisma: `${name} String${required ? '' : '?'} @db.VarChar(${maxLength})`,
    sql: `"${name}" VARCHAR(${maxLength})${required ? ' NOT NULL' : ''}`,
    schema: required ? `Text({ ${lengths} })` : `NullableText({ ${lengths} })`,
    responseSchema: required ? 'Text()' : 'NullableText()',
    example: `'Some ${name}'`,
    change: `'Another ${name}'`,
    printed: `'Some ${name}'`,
    defaultValue: required ? undefined : 'null',
    longest: `'🙂'.repeat(${maxLength})`,
    refusals: refusals.map(([what, value, message]) => refusal(name, what, value, message)),
  };
}

function booleanView({ name, default: defaultValue }: BooleanField): FieldView {
  return {
    name,
    required: false,
    type: 'boolean',
    prisma: `${name} Boolean @default(${defaultValue})`,
    sql: `"${name}" BOOLEAN NOT NULL DEFAULT ${defaultValue}`,
    schema: 'Type.Boolean()',
    responseSchema: 'Type.Boolean()',
    example: `${!defaultValue}`,
    change: `${defaultValue}`,
    printed: `${!defaultValue}`,
    defaultValue: `${defaultValue}`,
    longest: undefined,
    refusals: [
      refusal(name, 'that is a string', `'true'`, "'must be boolean'"),
      refusal(name, 'that is null', 'null', "'must be boolean'"),
    ],
  };
}

function refusal(field: string, what: string, value: string, message: string): Refusal {
  return { what: `a ${field} ${what}`, field, value, message };
}
