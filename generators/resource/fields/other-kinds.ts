import type { Parsed } from '../../../lib/options/option.ts';
import type { FieldType, OnDelete } from '../definition.ts';
import { KEBAB_CASE } from '../language/field-names.ts';
import type { FieldKindRow } from './field-kind.ts';
import { plain } from './text-kinds.ts';

export const boolean: FieldKindRow<'boolean'> = {
  usage: 'boolean',
  parse: plain('boolean'),
  parseDefault: (text) =>
    text === 'true' || text === 'false' ? { value: text } : { problem: 'expected true or false' },
  filter: 'equal',
  element: true,
  count: () => 2,
  examples: () => [false, true],
};

export const uuid: FieldKindRow<'uuid'> = {
  usage: 'uuid',
  parse: plain('uuid'),
  parseDefault: (text) =>
    /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text)
      ? { value: text.toLowerCase() }
      : { problem: 'expected a UUID' },
  filter: 'equal',
  element: true,
  count: () => Infinity,
  examples: () => ['0b7a1c52-7e3f-4d0a-9c58-2f6d1e8b4a01', '0b7a1c52-7e3f-4d0a-9c58-2f6d1e8b4a02'],
};

export const json: FieldKindRow<'json'> = {
  usage: 'json',
  parse: plain('json'),
  filter: 'none',
  element: false,
  count: () => Infinity,
  examples: () => [{ some: ['value', 1, null] }, { another: true }],
};

const VALUE = /^[A-Za-z]\w*$/;

// `enum` is a keyword.
export const enumeration: FieldKindRow<'enum'> = {
  usage: 'enum(draft|published)',
  parse: parseEnum,
  parseDefault: (text, { values }) =>
    values.includes(text) ? { value: text } : { problem: `expected ${values.join(' or ')}` },
  filter: 'equal',
  element: true,
  count: ({ values }) => values.length,
  examples: ({ values: [first, second] }) => [first, second],
};

export const references: FieldKindRow<'references'> = {
  usage: 'references(author)',
  parse: parseReference,
  filter: 'equal',
  element: false,
  count: () => Infinity,
  examples: () => [1],
};

/** What can become of what refers to a deleted resource. */
export const onDeletes: readonly OnDelete[] = ['restrict', 'cascade', 'set-null'];

function parseEnum(args: string | undefined): Parsed<FieldType<'enum'>> {
  const values = args?.split(/[|,.]/).map((value) => value.trim()) ?? [];
  const bad = values.find((value) => !VALUE.test(value));
  if (bad === '' || values.length === 0) return { problem: 'a value is missing' };
  if (bad !== undefined) {
    return { problem: `invalid value "${bad}": expected letters, digits and _, a letter first` };
  }
  const twice = values.find((value, index) => values.indexOf(value) < index);
  return twice === undefined
    ? { value: { kind: 'enum', values } }
    : { problem: `the value "${twice}" appears twice` };
}

function parseReference(args: string | undefined): Parsed<FieldType<'references'>> {
  const resource = args?.trim() ?? '';
  return KEBAB_CASE.test(resource)
    ? { value: { kind: 'references', resource, onDelete: 'restrict' } }
    : { problem: 'expected the name of a resource, in kebab-case' };
}
