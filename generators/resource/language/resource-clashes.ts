import { join } from 'node:path';
import { renderFolder } from '../../../lib/files/render-folder.ts';
import { templatesFolder } from '../../../lib/package-root.ts';
import type { ResourceDefinition } from '../definition.ts';
import { enumViews } from '../enums.ts';
import { indexViews } from '../indexes.ts';
import { resourceNames } from '../names.ts';
import { relationViews } from '../relations.ts';
import { resourceView } from '../view.ts';
import { ALWAYS_THERE, camelCase, columnName, pascalCase } from './field-names.ts';
import { type Problem, unknownWord } from './problem.ts';
import { OF_PRISMA, resourceNameProblem } from './resource-name.ts';

/** What a service has beside one of its resources. */
export interface Surroundings {
  readonly resources: readonly ResourceDefinition[];
  /** The paths of all files but those of the resource, with forward slashes. */
  readonly files: readonly string[];
  /** The names in Prisma and in SQL that belong to no resource, each with the file that declares it. */
  readonly declared: ReadonlyMap<string, string>;
}

/** Lists why a resource, new or changed, does not fit into a service. */
export function resourceClashes(
  definition: ResourceDefinition,
  surroundings: Surroundings,
): Problem[] {
  const { name } = definition;
  const { resources, files } = surroundings;
  const references = unknownReferences(definition, resources);
  const nameProblem = resourceNameProblem(name) ?? resourceTwice(name, resources);
  if (nameProblem !== undefined) {
    return [{ text: name, column: 1, message: nameProblem }, ...references];
  }
  return [
    ...references,
    ...fileClashes(definition, files),
    ...identifierClashes(definition, surroundings),
    ...indexClashes(definition),
    ...memberClashes(definition, resources),
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
function fileClashes(definition: ResourceDefinition, files: readonly string[]): Problem[] {
  const existing = new Set(files.map((file) => file.toLowerCase()));
  const view = { ...resourceView(definition), opposites: [] };
  const own = renderFolder(join(templatesFolder, 'resource'), view);
  const clash = own.find(({ path }) => existing.has(path.toLowerCase()));
  return clash === undefined
    ? []
    : ofName(definition, `"${definition.name}" needs the file ${clash.path}, which already exists`);
}

/** Two tables, types or indexes of one name in PostgreSQL, or two types of one name in Prisma. */
function identifierClashes(
  definition: ResourceDefinition,
  { resources, declared }: Surroundings,
): Problem[] {
  const owners = new Map([
    ...OF_PRISMA.map((name) => [name, 'Prisma'] as const),
    ...declared,
    ...resources.flatMap((other) =>
      identifiers(other).map((identifier) => [identifier, `the resource "${other.name}"`] as const),
    ),
  ]);
  const clash = identifiers(definition).find((identifier) => owners.has(identifier));
  return clash === undefined
    ? []
    : ofName(definition, `${owners.get(clash) ?? ''} already uses "${clash}"`);
}

/** Two indexes of one name, such as those of the fields `a` and `b` together and of the field `a_b`. */
function indexClashes(definition: ResourceDefinition): Problem[] {
  const names = indexViews(definition).map(({ sqlName }) => sqlName);
  const twice = names.find((name, index) => names.indexOf(name) < index);
  if (twice === undefined) return [];
  const message = `two of its indexes would be named "${twice}": rename a field`;
  return [{ text: definition.name, column: 1, message }];
}

/** The names that a resource takes in Prisma and in SQL. */
export function identifiers(definition: ResourceDefinition): string[] {
  const { snake, pascal } = resourceNames(definition);
  return [
    ...[snake, `${snake}_pkey`, `${snake}_id_seq`, pascal],
    ...indexViews(definition).map(({ sqlName }) => sqlName),
    ...enumViews(definition).flatMap(({ name, sqlName }) => [name, sqlName]),
  ];
}

function ofName({ name }: ResourceDefinition, message: string): Problem[] {
  return [{ text: name, column: 1, message: `${message}: choose another name` }];
}

/** A field of a model and the opposite of a reference to it, or two such opposites, of one name. */
function memberClashes(
  definition: ResourceDefinition,
  others: readonly ResourceDefinition[],
): Problem[] {
  const all = [definition, ...others];
  return all.flatMap((model) => {
    const members = membersOf(model, all);
    const twice = members.find((name, index) => members.indexOf(name) < index);
    if (twice === undefined) return [];
    const message = `two members of the model ${pascalCase(model.name)} would be named "${twice}": rename a field`;
    return [{ text: definition.name, column: 1, message }];
  });
}

function membersOf(model: ResourceDefinition, all: readonly ResourceDefinition[]): string[] {
  const columns = model.fields.map(({ name, type }) => camelCase(columnName(name, type.kind)));
  const opposites = all
    .flatMap(relationViews)
    .filter(({ kebab }) => kebab === model.name)
    .map(({ opposite }) => opposite);
  const lines = [...relationViews(model).map(({ prisma }) => prisma), ...opposites];
  const relations = lines.map((line) => line.replace(/ .*/, ''));
  return [...ALWAYS_THERE.map(camelCase), ...columns, ...relations];
}
