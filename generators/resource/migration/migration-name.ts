import type { ResourceDefinition } from '../definition.ts';
import { resourceView } from '../view.ts';
import { type ChangedResource, changedResources, renamedResources } from './renamed-resources.ts';
import type { DefinitionChange, RenamedFields } from './schema-change.ts';

const MAX_LENGTH = 60;

/** What a migration does, in snake_case, such as `add_subtitle_to_book`. */
export function migrationName(change: DefinitionChange): string {
  const { oldResources, newResources, renames } = change;
  const isIn = (resources: readonly ResourceDefinition[], name: string) =>
    resources.some((resource) => resource.name === name);
  const created = newResources.filter(({ name }) => !isIn(oldResources, name));
  const dropped = oldResources.filter(({ name }) => !isIn(newResources, name));
  const changed = changedResources(renamedResources(change), newResources).filter(
    ({ before, after }) => renames.has(after.name) || differs(before, after),
  );
  const [first, ...others] = changed;
  const isOneChange = first && created.length + dropped.length + others.length === 0;
  const name = isOneChange
    ? changeOf(first, renames.get(first.after.name) ?? new Map())
    : [
        ...phrase('create', created),
        ...phrase('drop', dropped),
        ...phrase(
          'change',
          changed.map(({ after }) => after),
        ),
      ].join('_and_');
  return name === '' || name.length > MAX_LENGTH ? 'change_resources' : name;
}

function phrase(verb: string, resources: readonly ResourceDefinition[]): string[] {
  const names = resources.map(({ name }) => snakeCase(name));
  return names.length === 0 ? [] : [`${verb}_${and(names)}`];
}

function changeOf({ before, after }: ChangedResource, renamed: RenamedFields): string {
  const table = snakeCase(after.name);
  const added = fieldsMissingIn(before, after);
  const removed = fieldsMissingIn(after, before);
  const phrases = [
    ...(added.length > 0 ? [`add_${and(added)}_to_${table}`] : []),
    ...(removed.length > 0 ? [`remove_${and(removed)}_from_${table}`] : []),
    ...[...renamed].map(([name, newName]) => `rename_${name}_to_${newName}_in_${table}`),
    ...(differs(only(before, after), only(after, before)) ? [`change_${table}`] : []),
  ];
  const [phrase = '', ...others] = phrases;
  return others.length > 0 || phrase.length > MAX_LENGTH ? `change_${table}` : phrase;
}

function fieldsMissingIn(resource: ResourceDefinition, other: ResourceDefinition): string[] {
  const names = resource.fields.map(({ name }) => name);
  return other.fields.map(({ name }) => name).filter((name) => !names.includes(name));
}

/** A resource with those of its fields that another one has too. */
function only(resource: ResourceDefinition, other: ResourceDefinition): ResourceDefinition {
  const names = other.fields.map(({ name }) => name);
  const isKept = (name: string) => names.includes(name);
  return {
    ...resource,
    fields: resource.fields.filter(({ name }) => isKept(name)),
    unique: resource.unique.filter((fields) => fields.every(isKept)),
  };
}

/** Whether two versions of a resource differ in the database. */
function differs(before: ResourceDefinition, after: ResourceDefinition): boolean {
  return inDatabase(before) !== inDatabase(after);
}

function inDatabase(resource: ResourceDefinition): string {
  const { fields, indexes, relations, enums } = resourceView(resource);
  return [
    ...fields.map(({ sql, check }) => [sql, check]),
    ...indexes.map(({ sqlName }) => [sqlName]),
    ...relations.map(({ column, snake, onDelete }) => [column, snake, onDelete]),
    ...enums.map(({ sqlName, values }) => [sqlName, ...values]),
  ]
    .map((parts) => JSON.stringify(parts))
    .sort()
    .join('\n');
}

function snakeCase(name: string): string {
  return name.replaceAll('-', '_');
}

function and(names: readonly string[]): string {
  return [names.slice(0, -1).join('_'), ...names.slice(-1)]
    .filter((part) => part !== '')
    .join('_and_');
}
