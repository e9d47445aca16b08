import type { Field, ResourceDefinition } from '../definition.ts';
import { sqlDefault } from '../fields/columns.ts';
import { fieldLocals } from '../fields/field-locals.ts';
import { changedResources } from './renamed-resources.ts';

/** Gives a value to rows without one where a field is required from now on, or says that it fails. */
export function fillMissingValues(
  from: readonly ResourceDefinition[],
  to: readonly ResourceDefinition[],
): string[] {
  return changedResources(from, to).flatMap(({ before, after }) =>
    after.fields
      .filter((field) => !isNullable(field, after))
      .flatMap((field) => {
        const old = before.fields.find(({ name }) => name === field.name);
        if (old !== undefined) return isNullable(old, before) ? [fill(field, after)] : [];
        return isRequired(field, after) ? [failure(field, after)] : [];
      }),
  );
}

function isNullable(field: Field, resource: ResourceDefinition): boolean {
  return fieldLocals(field, resource).nullable;
}

/** A column of a list may be NULL, which is read as an empty one. */
function isRequired(field: Field, resource: ResourceDefinition): boolean {
  return fieldLocals(field, resource).required && !field.array;
}

function fill(field: Field, resource: ResourceDefinition): string {
  const { column, snake } = fieldLocals(field, resource);
  const value = sqlDefault(field, '');
  const update = `UPDATE "${snake}" SET "${column}" = ${value ?? '…'} WHERE "${column}" IS NULL;`;
  return value === undefined
    ? `-- Fails if "${column}" is NULL in a row of "${snake}". Give such rows a value first:\n-- ${update}`
    : `-- FillMissingValues\n${update}`;
}

function failure(field: Field, resource: ResourceDefinition): string {
  const { column, snake } = fieldLocals(field, resource);
  return [
    `-- Fails if "${snake}" has rows, for which "${column}" has no value. To keep them, add the column`,
    '-- without NOT NULL, give each row a value, and then SET NOT NULL.',
  ].join('\n');
}
