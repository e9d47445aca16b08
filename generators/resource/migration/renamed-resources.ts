import type { ResourceDefinition } from '../definition.ts';
import type { DefinitionChange, RenamedFields } from './schema-change.ts';

/** A resource on both sides of a change, with the same names for the same fields. */
export interface ChangedResource {
  readonly before: ResourceDefinition;
  readonly after: ResourceDefinition;
}

/** The resources before the change, with the new names of the renamed fields. */
export function renamedResources({
  oldResources,
  renames,
}: Pick<DefinitionChange, 'oldResources' | 'renames'>): ResourceDefinition[] {
  return oldResources.map((resource) => {
    const fields = renames.get(resource.name);
    return fields === undefined ? resource : withRenamedFields(resource, fields);
  });
}

function withRenamedFields(
  resource: ResourceDefinition,
  renamed: RenamedFields,
): ResourceDefinition {
  const nameOf = (field: string) => renamed.get(field) ?? field;
  return {
    ...resource,
    fields: resource.fields.map((field) => ({ ...field, name: nameOf(field.name) })),
    unique: resource.unique.map((names) => names.map(nameOf)),
  };
}

/** The resources on both sides. */
export function changedResources(
  from: readonly ResourceDefinition[],
  to: readonly ResourceDefinition[],
): ChangedResource[] {
  return to.flatMap((after) => {
    const before = from.find(({ name }) => name === after.name);
    return before === undefined ? [] : [{ before, after }];
  });
}
