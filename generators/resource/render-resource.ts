import { join } from 'node:path';
import { type RenderedFile, renderFolder } from '../../lib/files/render-folder.ts';
import { templatesFolder } from '../../lib/package-root.ts';
import type { ResourceDefinition } from './definition.ts';
import { type ResourceView, resourceView } from './view.ts';
import { wire, type Wiring } from './wiring.ts';

/** Adds a resource to the rendered files of a service. The same definition gives the same bytes. */
export function withResource(
  files: readonly RenderedFile[],
  definition: ResourceDefinition,
  templates = templatesFolder,
): RenderedFile[] {
  const view = resourceView(definition);
  const own = renderFolder(join(templates, 'resource'), view);
  return view.wiring.reduce(wireFile, [...files, ...own, ...missing(files, view, templates)]);
}

/** What all resources share whose lists are filtered by more than texts. */
function missing(
  files: readonly RenderedFile[],
  view: ResourceView,
  templates: string,
): RenderedFile[] {
  if (view.filterReaders.length === 0) return [];
  return renderFolder(join(templates, 'resource-filters'), view).filter(
    (file) => !files.some(({ path }) => path === file.path),
  );
}

function wireFile(files: RenderedFile[], { file, marker, lines }: Wiring): RenderedFile[] {
  if (!files.some(({ path }) => path === file)) throw new Error(`There is no ${file} to wire`);
  return files.map(({ path, contents }) =>
    path === file
      ? { path, contents: Buffer.from(wire(contents.toString(), { [marker]: lines })) }
      : { path, contents },
  );
}
