import type { RenderedFile } from '../../lib/files/render-folder.ts';
import type { ResourceDefinition } from './definition.ts';
import { problemText } from './language/problem.ts';
import { identifiers, resourceClashes } from './language/resource-clashes.ts';
import { changeProblems as migrationProblems } from './migration/change-problems.ts';
import { prismaDeclarations } from './migration/prisma-declarations.ts';
import type { DefinitionChange } from './migration/schema-change.ts';

/** What a service has before a change. */
interface ServiceFiles {
  /** The paths of its files, with forward slashes. */
  readonly paths: readonly string[];
  /** All files of its Prisma schema. */
  readonly schema: readonly RenderedFile[];
}

/** Why a service cannot take a change, one line each. */
export function changeProblems(change: DefinitionChange, service: ServiceFiles): string[] {
  const { oldResources, newResources } = change;
  const changed = newResources.filter((definition) => !oldResources.includes(definition));
  const declared = prismaDeclarations(service.schema);
  for (const identifier of oldResources.flatMap(identifiers)) declared.delete(identifier);
  return [
    ...changed.flatMap((definition) => clashes(definition, change, service.paths, declared)),
    ...migrationProblems(change),
  ];
}

function clashes(
  definition: ResourceDefinition,
  { oldResources, newResources }: DefinitionChange,
  paths: readonly string[],
  declared: ReadonlyMap<string, string>,
): string[] {
  const isNew = !oldResources.some(({ name }) => name === definition.name);
  const resources = newResources.filter((other) => other !== definition);
  // The files of a resource that exists are its own.
  const files = isNew ? paths : [];
  const problems = resourceClashes(definition, { resources, files, declared });
  return problems.map(problemText);
}
