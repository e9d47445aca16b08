import { join } from 'node:path';
import { type RenderedFile, renderFolder } from '../../lib/files/render-folder.ts';
import { templatesFolder } from '../../lib/package-root.ts';
import type { ResourceDefinition } from './definition.ts';
import { addModelField } from './prisma-model.ts';
import type { RelationView } from './relations.ts';
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
  const all = [...files, ...own, ...missing(files, view, templates)];
  return view.relations.reduce(addOpposite, view.wiring.reduce(wireFile, all));
}

/** Files that several resources share and that are not there yet. */
function missing(
  files: readonly RenderedFile[],
  { filterReaders, hasJson }: ResourceView,
  templates: string,
): RenderedFile[] {
  const folders = [
    ...(filterReaders.length > 0 ? ['resource-filters'] : []),
    ...(hasJson ? ['resource-json'] : []),
  ];
  return folders
    .flatMap((folder) => renderFolder(join(templates, folder), {}))
    .filter((file) => !files.some(({ path }) => path === file.path));
}

function wireFile(files: RenderedFile[], { file, marker, lines }: Wiring): RenderedFile[] {
  return edit(files, file, (text) => wire(text, { [marker]: lines }));
}

function addOpposite(files: RenderedFile[], relation: RelationView): RenderedFile[] {
  const { kebab, pascal, opposite } = relation;
  return edit(files, `prisma/schema/${kebab}.prisma`, (text) =>
    addModelField(text, pascal, opposite),
  );
}

function edit(
  files: RenderedFile[],
  file: string,
  change: (text: string) => string,
): RenderedFile[] {
  if (!files.some(({ path }) => path === file)) throw new Error(`There is no ${file} to edit`);
  return files.map(({ path, contents }) =>
    path === file
      ? { path, contents: Buffer.from(change(contents.toString())) }
      : { path, contents },
  );
}
