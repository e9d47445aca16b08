import type { ResourceDefinition } from './definition.ts';
import { problemText } from './language/problem.ts';
import { resourceClashes } from './language/resource-clashes.ts';
import { changeProblems as migrationProblems } from './migration/change-problems.ts';
import type { RequestedChange } from './requested-change.ts';

/**
 * Why a service cannot take a change, one line each.
 *
 * @param files the paths of all files of the service, with forward slashes
 */
export function changeProblems(
  { before, after, renames }: RequestedChange,
  files: readonly string[],
): string[] {
  const changed = after.filter((definition) => !before.includes(definition));
  return [
    ...changed.flatMap((definition) => clashes(definition, before, after, files)),
    ...migrationProblems({ oldResources: before, newResources: after, renames }),
  ];
}

function clashes(
  definition: ResourceDefinition,
  before: readonly ResourceDefinition[],
  after: readonly ResourceDefinition[],
  files: readonly string[],
): string[] {
  const isNew = !before.some(({ name }) => name === definition.name);
  const resources = after.filter((other) => other !== definition);
  // The files of a resource that exists are its own.
  const problems = resourceClashes(definition, { resources, files: isNew ? files : [] });
  return problems.map(problemText);
}
