import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { withResource } from '../resource/render-resource.ts';
import { todo } from '../resource/todo.ts';
import { templatesFolder } from '../../lib/package-root.ts';
import { type RenderedFile, renderFolder } from '../../lib/files/render-folder.ts';
import { type ServiceAnswers, serviceView } from './view.ts';

/** Renders all files of a service, sorted by path. The same answers give the same bytes. */
export function renderService(
  answers: ServiceAnswers,
  templates = templatesFolder,
): RenderedFile[] {
  if (!existsSync(join(templates, 'service', 'tools'))) {
    throw new Error('The templates lack the bundled tools: run `npm run build`');
  }
  const view = serviceView(answers);
  const folders = [
    'service',
    // In a workspace the lock and the settings are those of its root.
    ...(view.inWorkspace ? [] : [join('package-managers', answers.packageManager)]),
    ...answers.features.map((feature) => join('features', feature)),
  ];
  const files = folders.flatMap((folder) => renderFolder(join(templates, folder), view));
  return sorted(answers.example ? withResource(files, todo, templates) : files);
}

function sorted(files: readonly RenderedFile[]): RenderedFile[] {
  const result = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  result.forEach(({ path }, index) => {
    if (result[index + 1]?.path === path) throw new Error(`Two templates make ${path}`);
  });
  return result;
}
