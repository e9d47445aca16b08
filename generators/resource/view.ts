import type { ResourceDefinition } from './definition.ts';
import { type EnumView, enumViews } from './enums.ts';
import { type FieldView, fieldView } from './field-view.ts';
import { type IndexView, indexViews } from './indexes.ts';
import { type ResourceNames, resourceNames } from './names.ts';
import { type RelationView, relationViews } from './relations.ts';
import { type TestView, testView } from './test-view.ts';
import { storedDefinition } from './definition-file.ts';

/** What the templates of a resource are rendered with. */
export interface ResourceView extends TestView, ResourceNames {
  /** The file of its definition. */
  stored: string;
  fields: FieldView[];
  /** The fields that lists can be restricted by. */
  filters: FilteredField[];
  /** The fields that lists can be sorted by, beside those that every resource has. */
  sorted: FieldView[];
  /** The filters whose values the tests know. */
  testedFilters: FilteredField[];
  /** What reads the query of a list, sorted; empty where only texts are read. */
  filterReaders: string[];
  enums: EnumView[];
  /** Whether a body differs from the data in the domain. */
  mapped: boolean;
  /** The fields whose rows in the database differ from the model. */
  modelled: FieldView[];
  /** Columns with conditions that the database checks. */
  checks: FieldView[];
  /** Whether lists are filtered by several values or a range. */
  ranged: boolean;
  /** Whether a field holds JSON. */
  hasJson: boolean;
  indexes: IndexView[];
  relations: RelationView[];
  /** What the API's schemas import, sorted. */
  schemaHelpers: string[];
}

export type FilteredField = FieldView & { filter: NonNullable<FieldView['filter']> };

/** Derives from a definition all that its templates say. */
export function resourceView(definition: ResourceDefinition): ResourceView {
  const names = resourceNames(definition);
  const { pascal } = names;
  const fields = definition.fields.map((field) => fieldView(field, definition));
  const filters = fields.filter(isFiltered);
  const enums = enumViews(definition);
  const relations = relationViews(definition);
  const mapped = isMapped(fields, enums);
  return {
    ...names,
    stored: storedDefinition(definition),
    fields,
    filters,
    sorted: fields.filter(({ sortable }) => sortable),
    testedFilters: filters.filter(({ filter, fresh }) => !filter.first && fresh !== 'null'),
    filterReaders: distinct(filters.flatMap(({ filter }) => filter.readers)),
    enums,
    mapped,
    modelled: fields.filter(({ model }) => model !== undefined),
    checks: fields.filter(({ check }) => check !== undefined),
    ranged: filters.some(({ filter }) => filter.where.startsWith('toPrismaFilter')),
    hasJson: definition.fields.some(({ type }) => type.kind === 'json'),
    indexes: indexViews(definition),
    relations,
    schemaHelpers: schemaHelpers(fields),
    ...testView(fields, relations, pascal, mapped),
  };
}

/** Whether a body differs from the data in the domain, or its type does from that of a literal. */
function isMapped(fields: readonly FieldView[], enums: readonly EnumView[]): boolean {
  return (
    enums.length > 0 ||
    fields.some(({ name, column, parse, fresh }) => name !== column || (parse ?? fresh))
  );
}

function isFiltered(field: FieldView): field is FilteredField {
  return field.filter !== undefined;
}

function schemaHelpers(fields: FieldView[]): string[] {
  const schemas = fields
    .flatMap(({ schema, responseSchema, filter }) => [schema, responseSchema, filter?.schema])
    .join(' ');
  const used = ['Nullable', 'NullableText', 'Text'].filter((helper) =>
    new RegExp(`\\b${helper}\\(`).test(schemas),
  );
  return distinct([...used, 'NullableTimestamp', 'Timestamp']);
}

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}
