import { join } from 'node:path';
import { type RenderedFile, renderFolder } from '../../lib/files/render-folder.ts';
import { type ResourceView } from './view.ts';

/** Renders the files of all resources of a service. */
export function renderResources(
  resources: readonly ResourceView[],
  templates: string,
): RenderedFile[] {
  const shared = [
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
