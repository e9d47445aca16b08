import { join } from 'node:path';
import { type RenderedFile, renderFolder } from '../../lib/files/render-folder.ts';
import type { ResourceDefinition } from './definition.ts';
import { relationViews } from './relations.ts';
import { resourceView, type ResourceView } from './view.ts';

/** What the templates of a resource are rendered with, among all of its service. */
export interface RelatedView extends ResourceView {
  /** Lines of its Prisma model that the references of all resources to it need. */
  readonly opposites: readonly string[];
}

/** The views of all resources of a service, sorted by name. */
export function resourceViews(definitions: readonly ResourceDefinition[]): RelatedView[] {
  const relations = definitions.flatMap(relationViews);
  return definitions
    .map((definition) => ({
      ...resourceView(definition),
      opposites: relations
        .filter(({ kebab }) => kebab === definition.name)
        .map(({ opposite }) => opposite),
    }))
    .sort((a, b) => (a.kebab < b.kebab ? -1 : 1));
}

/** Renders the files of all resources of a service. */
export function renderResources(
  resources: readonly RelatedView[],
  templates: string,
): RenderedFile[] {
  const shared = [
    ...(resources.length > 0 ? ['resource-tests'] : []),
    ...(resources.some(({ filterReaders }) => filterReaders.length > 0)
      ? ['resource-filters']
      : []),
    ...(resources.some(({ hasJson }) => hasJson) ? ['resource-json'] : []),
  ];
  return [
    ...resources.flatMap((view) => renderFolder(join(templates, 'resource'), view)),
    ...shared.flatMap((folder) => renderFolder(join(templates, folder), {})),
  ];
}
