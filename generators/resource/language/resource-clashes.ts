import { join } from 'node:path';
import { renderFolder } from '../../../lib/files/render-folder.ts';
import { templatesFolder } from '../../../lib/package-root.ts';
import type { ResourceDefinition } from '../definition.ts';
import { type ResourceView, resourceView } from '../view.ts';
import { ALWAYS_THERE, camelCase } from './field-names.ts';
import { type Problem, unknownWord } from './problem.ts';
import { resourceNameProblem } from './resource-name.ts';

/** What a service has beside one of its resources. */
export interface Surroundings {
  readonly resources: readonly ResourceDefinition[];
  /** The paths of all files but those of the resource, with forward slashes. */
  readonly files: readonly string[];
}

/** Lists why a resource, new or changed, does not fit into a service. */
export function resourceClashes(
  definition: ResourceDefinition,
  { resources, files }: Surroundings,
): Problem[] {
  const { name } = definition;
  const references = unknownReferences(definition, resources);
  const nameProblem = resourceNameProblem(name) ?? resourceTwice(name, resources);
  if (nameProblem !== undefined) {
    return [{ text: name, column: 1, message: nameProblem }, ...references];
  }
  const view = resourceView(definition);
  const others = resources.map(resourceView);
  return [
    ...references,
    ...fileClashes(view, files),
    ...identifierClashes(view, others),
    ...memberClashes(view, others),
  ];
}

function resourceTwice(name: string, resources: readonly ResourceDefinition[]): string | undefined {
  const owner = resources.find((each) => camelCase(each.name) === camelCase(name))?.name;
  if (owner === undefined) return undefined;
  return owner === name
    ? `there already is a resource "${name}"`
    : `"${name}" clashes with the resource "${owner}"`;
}

function unknownReferences(
  { name, fields }: ResourceDefinition,
  resources: readonly ResourceDefinition[],
): Problem[] {
  const known = [name, ...resources.map((each) => each.name)];
  return fields.flatMap((field) => {
    if (field.type.kind !== 'references' || known.includes(field.type.resource)) return [];
    const start = `${field.name}:references(`;
    const message = unknownWord('resource', field.type.resource, known);
    return [{ text: `${start}${field.type.resource})`, column: start.length + 1, message }];
  });
}

/** Some file systems do not distinguish cases. */
function fileClashes(view: ResourceView, files: readonly string[]): Problem[] {
  const existing = new Set(files.map((file) => file.toLowerCase()));
  const clash = renderFolder(join(templatesFolder, 'resource'), view).find(({ path }) =>
    existing.has(path.toLowerCase()),
  );
  if (clash === undefined) return [];
  const message = `"${view.kebab}" needs the file ${clash.path}, which already exists: choose another name`;
  return [{ text: view.kebab, column: 1, message }];
}

/** Two tables, types or indexes of one name in PostgreSQL, or two types of one name in Prisma. */
function identifierClashes(view: ResourceView, others: readonly ResourceView[]): Problem[] {
  const owners = new Map(
    others.flatMap((other) => identifiers(other).map((identifier) => [identifier, other.kebab])),
  );
  const clash = identifiers(view).find((identifier) => owners.has(identifier));
  if (clash === undefined) return [];
  const message = `the resource "${owners.get(clash) ?? ''}" already uses the name "${clash}": choose another name`;
  return [{ text: view.kebab, column: 1, message }];
}

function identifiers({ snake, pascal, indexes, enums }: ResourceView): string[] {
  return [
    ...[snake, `${snake}_pkey`, `${snake}_id_seq`, pascal],
    ...indexes.map(({ sqlName }) => sqlName),
    ...enums.flatMap(({ name, sqlName }) => [name, sqlName]),
  ];
}

/** A field of a model and the opposite of a reference to it, or two such opposites, of one name. */
function memberClashes(view: ResourceView, others: readonly ResourceView[]): Problem[] {
  const all = [view, ...others];
  return all.flatMap((model) => {
    const members = membersOf(model, all);
    const twice = members.find((name, index) => members.indexOf(name) < index);
    if (twice === undefined) return [];
    const message = `two members of the model ${model.pascal} would be named "${twice}": rename a field`;
    return [{ text: view.kebab, column: 1, message }];
  });
}

function membersOf(
  { kebab, fields, relations }: ResourceView,
  all: readonly ResourceView[],
): string[] {
  const opposites = all.flatMap((each) =>
    each.relations.filter((relation) => relation.kebab === kebab).map(({ opposite }) => opposite),
  );
  const lines = [...relations.map(({ prisma }) => prisma), ...opposites];
  return [
    ...ALWAYS_THERE.map(camelCase),
    ...fields.map(({ name }) => name),
    ...lines.map((line) => line.replace(/ .*/, '')),
  ];
}
