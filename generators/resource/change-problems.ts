import type { ResourceDefinition } from './definition.ts';
import { problemText } from './language/problem.ts';
import { resourceClashes } from './language/resource-clashes.ts';
import { changeProblems as migrationProblems } from './migration/change-problems.ts';
import type { DefinitionChange } from './migration/schema-change.ts';

/**
 * Why a service cannot take a change, one line each.
 *
 * @param files the paths of all files of the service, with forward slashes
 */
export function changeProblems(change: DefinitionChange, files: readonly string[]): string[] {
  const { oldResources, newResources } = change;
  const changed = newResources.filter((definition) => !oldResources.includes(definition));
  return [
    ...changed.flatMap((definition) => clashes(definition, change, files)),
    ...migrationProblems(change),
  ];
}

function clashes(
  definition: ResourceDefinition,
  { oldResources, newResources }: DefinitionChange,
  files: readonly string[],
): string[] {
  const isNew = !oldResources.some(({ name }) => name === definition.name);
  const resources = newResources.filter((other) => other !== definition);
  // The files of a resource that exists are its own.
  const problems = resourceClashes(definition, { resources, files: isNew ? files : [] });
  return problems.map(problemText);
}
