import type { Field, FieldKind } from '../definition.ts';
import { type ChangedResource, changedResources, renamedResources } from './renamed-resources.ts';
import type { DefinitionChange } from './schema-change.ts';

/** The other types that a type changes to without losing values; PostgreSQL refuses what does not fit. */
const CASTS: Partial<Record<FieldKind, readonly FieldKind[]>> = {
  string: ['text'],
  text: ['string'],
  int: ['bigint', 'float', 'decimal'],
  bigint: ['int', 'decimal'],
};

const IN_TWO_STEPS = 'drop the field and add it again, in two steps, which loses its values';

/** Why no migration can make a change: one line each, with the field and the remedy. */
export function changeProblems(change: DefinitionChange): string[] {
  const changed = changedResources(renamedResources(change), change.newResources);
  return [...renameProblems(change), ...changed.flatMap(fieldProblems)];
}

function renameProblems({ oldResources, renames }: DefinitionChange): string[] {
  return oldResources.flatMap(({ name: resource, fields }) =>
    [...(renames.get(resource)?.values() ?? [])]
      .filter((newName) => fields.some(({ name }) => name === newName))
      .map(
        (newName) =>
          `${resource}.${newName}: the name belongs to another field until this change: rename or drop that field first, in a change of its own`,
      ),
  );
}

function fieldProblems({ before, after }: ChangedResource): string[] {
  return after.fields.flatMap((field) => {
    const old = before.fields.find(({ name }) => name === field.name);
    const problem = old === undefined ? newFieldProblem(field) : changeProblem(old, field);
    return problem === undefined ? [] : [`${after.name}.${field.name}: ${problem}`];
  });
}

function newFieldProblem({ type, array, optional, unique, default: value }: Field) {
  if (optional || value !== undefined) return undefined;
  const takesDefault = !array && !unique && type.kind !== 'references' && type.kind !== 'json';
  const remedy = takesDefault
    ? 'give it a default, or make it optional with ?'
    : 'make it optional with ?';
  return `existing rows have no value for a new required field: ${remedy}`;
}

function changeProblem(old: Field, field: Field): string | undefined {
  return typeProblem(old, field) ?? enumDefaultProblem(old, field);
}

function typeProblem(old: Field, field: Field): string | undefined {
  const [oldType, type] = [old.type, field.type];
  const isCast = oldType.kind === type.kind || CASTS[oldType.kind]?.includes(type.kind) === true;
  if (!isCast || old.array !== field.array) {
    return `${typeName(old)} cannot become ${typeName(field)}: ${IN_TWO_STEPS}`;
  }
  if (
    oldType.kind === 'references' &&
    type.kind === 'references' &&
    oldType.resource !== type.resource
  ) {
    return `its values refer to "${oldType.resource}", not to "${type.resource}": ${IN_TWO_STEPS}`;
  }
  if (oldType.kind === 'decimal' && type.kind === 'decimal' && type.scale < oldType.scale) {
    return `${type.scale} instead of ${oldType.scale} digits after the point would round its values: keep ${oldType.scale}`;
  }
  return undefined;
}

/** A transaction cannot use a value that it adds to an enum, and the rollback adds those removed. */
function enumDefaultProblem(old: Field, field: Field): string | undefined {
  if (old.type.kind !== 'enum' || field.type.kind !== 'enum') return undefined;
  const isIn = (value: string | undefined, { values }: { readonly values: readonly string[] }) =>
    value === undefined || values.includes(value);
  if (!isIn(field.default, old.type)) {
    return `its default "${field.default}" is a new value: add the value first, and make it the default in a second change`;
  }
  return isIn(old.default, field.type)
    ? undefined
    : `its default "${old.default}" is removed: change the default first, and remove the value in a second change`;
}

function typeName({ type, array }: Field): string {
  return `${type.kind}${array ? '[]' : ''}`;
}
