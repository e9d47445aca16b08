import type { Field, FieldKind, FieldType } from '../definition.ts';
import { fieldKinds } from './field-kinds.ts';

/** What a field that is left out becomes, in JSON form; undefined when it cannot be left out. */
export function defaultOf({ type, array, optional, default: text }: Field): unknown {
  if (array) return [];
  if (type.kind === 'json') return {};
  if (text === undefined) return optional ? null : undefined;
  const isText = !['int', 'float', 'boolean'].includes(type.kind);
  const value: unknown = isText ? text : JSON.parse(text);
  return value;
}

/** Two values in JSON form for the tests: the first one is not the default. */
export function exampleValues(field: Field): { example: unknown; change: unknown } {
  const [low, high = low] = examplesOf(field.type, field.name);
  const isDefault = JSON.stringify(low) === JSON.stringify(defaultOf(field));
  const [example, change] = isDefault ? [high, low] : [low, high];
  return field.array ? { example: [example], change: [change, example] } : { example, change };
}

function examplesOf<Kind extends FieldKind>(
  type: FieldType<Kind>,
  name: string,
): readonly [unknown, unknown?] {
  return fieldKinds[type.kind].examples(type, name);
}

/** A JSON value as source text, with the quotes of Prettier. */
export function literal(value: unknown): string {
  return typeof value === 'string' ? quoted(value) : JSON.stringify(value);
}

function quoted(text: string): string {
  const inner = JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"');
  return `'${inner.replaceAll("'", "\\'")}'`;
}
