import type { Field, ResourceDefinition } from '../definition.ts';
import { fieldView } from '../field-view.ts';
import { fieldKinds } from '../fields/field-kinds.ts';
import { canBeFresh } from '../fields/fresh-value.ts';
import { camelCase, checkName, columnName, MAX_IDENTIFIER } from './field-names.ts';
import { parseField } from './parse-field.ts';
import { type Problem, unknownWord } from './problem.ts';

/** A resource, or all that is wrong with it. */
export type ParsedResource =
  | { readonly definition: ResourceDefinition }
  | { readonly problems: readonly [Problem, ...Problem[]] };

type ResourceName = Pick<ResourceDefinition, 'name' | 'plural'>;

const COMPOSITE = /^\s*unique(?:\((?<inner>[^)]*)\)|:(?<plain>\w+[.,][\w.,]*))\s*$/;

/**
 * Parses the fields of a resource, and `unique(a,b)` or `unique:a.b` for fields that are unique
 * together.
 */
export function parseResource(base: ResourceName, texts: readonly string[]): ParsedResource {
  const { name } = base;
  const fieldTexts = texts.filter((text) => !COMPOSITE.test(text));
  const parsed = fieldTexts.map((text) => ({ text, ...parseField(text) }));
  const fields = parsed.flatMap(({ text, field }) =>
    field === undefined ? [] : [{ text, field }],
  );
  const uniques = texts.filter((text) => COMPOSITE.test(text)).map(parseUnique);
  const known = fields.map(({ field }) => field.name);
  const [first, ...others] = [
    ...parsed.flatMap(({ problems }) => problems),
    ...clashes(fields),
    ...fields.flatMap((each) => [...tooLong(base, each), ...needsItself(name, each)]),
    // A name may be unknown only because its field is refused.
    ...(known.length === fieldTexts.length
      ? uniques.flatMap((unique) => uniqueProblems(unique, fields, name))
      : []),
  ];
  if (first !== undefined) return { problems: [first, ...others] };
  const unique = uniques.map(({ names }) => names.map((each) => each.name));
  return {
    definition: {
      ...base,
      fields: fields.map(({ field }) => field),
      texts: fields.map(({ text }) => text.slice(text.indexOf(':') + 1).trim()),
      unique,
    },
  };
}

interface Unique {
  readonly text: string;
  readonly names: readonly { readonly name: string; readonly column: number }[];
}

function parseUnique(text: string): Unique {
  const { inner, plain = '' } = COMPOSITE.exec(text)?.groups ?? {};
  const list = inner ?? plain;
  const start = text.indexOf(list, text.indexOf('unique') + 'unique'.length);
  const names = [...list.matchAll(/[^,.\s]+/g)];
  return { text, names: names.map(({ 0: name, index }) => ({ name, column: start + index + 1 })) };
}

function uniqueProblems(
  { text, names }: Unique,
  fields: readonly FieldText[],
  resource: string,
): Problem[] {
  const known = fields.map(({ field }) => field.name);
  if (names.length < 2) {
    return [{ text, column: 1, message: 'expected at least two fields: unique(first,second)' }];
  }
  const [first, ...others] = names.flatMap(({ name, column }, index) => {
    if (!known.includes(name))
      return [{ text, column, message: unknownWord('field', name, known) }];
    const twice = names.findIndex((each) => each.name === name) < index;
    return twice ? [{ text, column, message: `"${name}" appears twice` }] : [];
  });
  if (first !== undefined) return [first, ...others];
  const members = fields.flatMap(({ field }) =>
    names.some(({ name }) => name === field.name) ? [field] : [],
  );
  if (!members.some(canBeFresh)) {
    return [{ text, column: 1, message: 'these fields have too few values to be unique' }];
  }
  const columns = names.map(({ name }) => {
    const kind = members.find((field) => field.name === name)?.type.kind ?? '';
    return columnName(name, kind);
  });
  return cut(text, [[resource.replaceAll('-', '_'), ...columns, 'key'].join('_')]);
}

interface FieldText {
  readonly text: string;
  readonly field: Field;
}

/** Two fields with the same name in TypeScript, in SQL or in the query of a list. */
function clashes(fields: readonly FieldText[]): Problem[] {
  const owners = new Map<string, string>();
  return fields.flatMap(({ text, field }) => {
    const clash = spellings(field).find((spelling) => owners.has(spelling));
    const owner = clash === undefined ? undefined : owners.get(clash);
    for (const spelling of spellings(field)) owners.set(spelling, field.name);
    if (owner === undefined) return [];
    const message =
      owner === field.name
        ? `the field "${owner}" appears twice`
        : `"${field.name}" clashes with "${owner}"`;
    return [{ text, column: 1, message }];
  });
}

/** All names that a field takes, in the form that tells names in TypeScript apart. */
function spellings({ name, type, array }: Field): string[] {
  const column = columnName(name, type.kind);
  const isRange = fieldKinds[type.kind].filter === 'range' && !array;
  const range = isRange ? [`${column}_from`, `${column}_to`] : [];
  return [...new Set([name, column, ...range].map(camelCase))];
}

/** The first row could never be created. */
function needsItself(resource: string, { text, field: { type, optional } }: FieldText): Problem[] {
  if (type.kind !== 'references' || type.resource !== resource || optional) return [];
  return [{ text, column: 1, message: 'a required reference to itself: add "?"' }];
}

function tooLong(base: ResourceName, { text, field }: FieldText): Problem[] {
  const table = base.name.replaceAll('-', '_');
  const column = columnName(field.name, field.type.kind);
  const { check } = fieldView(field, { ...base, fields: [field], texts: [], unique: [] });
  const names = [
    ...(field.unique ? [`${table}_${column}_key`] : []),
    ...(field.index ? [`${table}_${column}_idx`] : []),
    ...(field.type.kind === 'references'
      ? [`${table}_${column}_fkey`, `${table}_${column}_idx`]
      : []),
    // Prisma replaces an enum that loses values by one with this name.
    ...(field.type.kind === 'enum' ? [`${table}_${column}_new`] : []),
    ...(check === undefined ? [] : [checkName(table, column)]),
  ];
  return cut(text, [column, ...names]);
}

function cut(text: string, identifiers: readonly string[]): Problem[] {
  const identifier = identifiers.find(({ length }) => length > MAX_IDENTIFIER);
  if (identifier === undefined) return [];
  return [
    { text, column: 1, message: `PostgreSQL would cut "${identifier}": choose shorter names` },
  ];
}
