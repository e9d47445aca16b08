import type { Field, ResourceDefinition } from '../definition.ts';
import { camelCase, columnName, pascalCase } from '../language/field-names.ts';
import { literal } from './example-values.ts';
import { MANY_VALUES } from './fresh-value.ts';
import { mismatch, variedExample } from './pattern.ts';

/** What the template of a field type is rendered with. */
export type FieldLocals = ReturnType<typeof fieldLocals>;

/** Derives it. The arguments of every kind are there, undefined for other kinds. */
export function fieldLocals(field: Field, { name }: ResourceDefinition) {
  const { type, array, optional } = field;
  const required = !optional && field.default === undefined;
  const nullable = optional && !array && type.kind !== 'json';
  const column = columnName(field.name, type.kind);
  const shortest = shortestLength(field);
  return {
    min: undefined,
    max: undefined,
    match: undefined,
    ...type,
    array,
    required,
    nullable,
    unique: field.unique,
    camel: camelCase(column),
    column,
    snake: name.replaceAll('-', '_'),
    enumName: `${pascalCase(name)}${pascalCase(field.name)}`,
    shortest,
    textOptions: textOptions(field, shortest),
    mismatch: mismatchOf(field, shortest),
    freshText: freshText(field, shortest),
    freshNumber: freshNumber(field),
    nul: withNul(field, shortest),
    digits: type.kind === 'decimal' ? digits(type.precision, type.scale) : '',
    bounds: bounds(field, column),
    range: range(field),
    jsonType: jsonType(field, nullable),
  };
}

/** A required string without bounds is not empty. */
function shortestLength({ type, optional, array }: Field): number {
  if (type.kind === 'string' && type.min !== undefined) return type.min;
  return (optional && !array) || (type.kind !== 'string' && type.kind !== 'text') ? 0 : 1;
}

/** A text with a NUL character, as source text, of a length that is allowed. */
function withNul({ type }: Field, shortest: number): string {
  const max = type.kind === 'string' ? type.max : Infinity;
  return shortest <= 3 && max >= 3 ? 'a\\0b' : `\\0${'x'.repeat(Math.max(shortest - 1, 0))}`;
}

/** The options of the schema of a text; empty without any. */
function textOptions({ type }: Field, shortest: number): string {
  if (type.kind !== 'string' && type.kind !== 'text') return '';
  const members = [
    ...(shortest > 0 ? [`minLength: ${shortest}`] : []),
    ...(type.kind === 'string' ? [`maxLength: ${type.max}`] : []),
    ...(type.match === undefined ? [] : [`pattern: ${literal(type.match.pattern)}`]),
  ];
  return members.length > 0 ? `{ ${members.join(', ')} }` : '';
}

/** A text that does not match the pattern, and the message for it; undefined when there is none. */
function mismatchOf({ type }: Field, shortest: number) {
  if ((type.kind !== 'string' && type.kind !== 'text') || type.match === undefined)
    return undefined;
  const value = mismatch(type.match, shortest, type.kind === 'string' ? type.max : Infinity);
  if (value === undefined) return undefined;
  return { value: literal(value), message: literal(`must match pattern "${type.match.pattern}"`) };
}

/** A text made from `number`, as source text. */
function freshText({ type }: Field, shortest: number): string {
  const match = type.kind === 'string' || type.kind === 'text' ? type.match : undefined;
  if (match === undefined) {
    return `number.toString(36)${shortest > 1 ? `.padStart(${shortest}, '0')` : ''}`;
  }
  const [before, after] = (variedExample(match) ?? []).map((text) => text && literal(text));
  return [before, `String(number).padStart(3, '0')`, after].filter(Boolean).join(' + ');
}

/** A number within bounds made from `number`, as source text. */
function freshNumber({ type }: Field): string {
  if (type.kind !== 'int' && type.kind !== 'float') return '';
  const { min = -Infinity, max = Infinity } = type;
  if (min <= 1 && max >= MANY_VALUES) return 'number';
  if (max === Infinity || (type.kind === 'int' && min !== -Infinity)) return `${min} + number`;
  if (min === -Infinity) return `${max} - number`;
  return `${min} + (number * ${max - min}) / ${MANY_VALUES}`;
}

function digits(precision: number, scale: number): string {
  const whole = precision > scale ? `\\d{1,${precision - scale}}` : '0';
  return `^-?${whole}${scale > 0 ? `(\\.\\d{1,${scale}})?` : ''}$`;
}

/** The bounds of a number as a condition in SQL. */
function bounds({ type }: Field, column: string): string {
  if (type.kind !== 'int' && type.kind !== 'float') return '';
  return [
    ...(type.min === undefined ? [] : [`"${column}" >= ${type.min}`]),
    ...(type.max === undefined ? [] : [`"${column}" <= ${type.max}`]),
  ].join(' AND ');
}

/** The bounds of a number as options of TypeBox. */
function range({ type }: Field): string {
  if (type.kind !== 'float' || (type.min === undefined && type.max === undefined)) return '';
  const options = [
    ...(type.min === undefined ? [] : [`minimum: ${type.min}`]),
    ...(type.max === undefined ? [] : [`maximum: ${type.max}`]),
  ];
  return `{ ${options.join(', ')} }`;
}

/** What the message for a value of another type calls this one. */
function jsonType({ type }: Field, nullable: boolean): string {
  const names: Partial<Record<string, string>> = {
    int: 'integer',
    references: 'integer',
    float: 'number',
    boolean: 'boolean',
  };
  return `${names[type.kind] ?? 'string'}${nullable ? ' or null' : ''}`;
}
