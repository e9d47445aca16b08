import type { Field, FieldKind, FieldType, ResourceDefinition } from '../definition.ts';
import { pascalCase } from '../language/field-names.ts';
import { fieldKinds } from './field-kinds.ts';
import { requiredSnippet, type Snippets } from './snippets.ts';

/** How many rows the tests create, at most. */
export const MANY_VALUES = 1000;

/**
 * A value for a test that no other test has used: unique, or the id of a new resource. Undefined
 * where any value does.
 */
export function freshValue(
  field: Field,
  resource: ResourceDefinition,
  snippets: Snippets,
): string | undefined {
  if (field.type.kind === 'references') {
    // Circles of references always have an optional one.
    if (field.optional) return 'null';
    return `(await create${pascalCase(field.type.resource)}(app)).id`;
  }
  if (!field.unique && !isFreshInGroup(field, resource)) return undefined;
  return requiredSnippet(snippets, 'unique');
}

/** Whether a field that is unique together with others can have a value of its own in each row. */
export function canBeFresh({ type, array, optional }: Field): boolean {
  if (type.kind === 'references') return !optional;
  return !array && type.kind !== 'json' && hasManyValues(type);
}

/** Whether each row that the tests create can have another value. */
export function hasManyValues<Kind extends FieldKind>(type: FieldType<Kind>): boolean {
  return fieldKinds[type.kind].count(type) >= MANY_VALUES;
}

/** Whether it is the field of a group by which the rows differ. */
function isFreshInGroup(field: Field, { fields, unique }: ResourceDefinition): boolean {
  return unique.some((names) => {
    const members = fields.filter(({ name }) => names.includes(name));
    const first = members.find((each) => canBeFresh(each) && each.type.kind === 'references');
    return (first ?? members.find(canBeFresh)) === field;
  });
}
