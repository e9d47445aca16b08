import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ResourceDefinition } from '../resource/definition.ts';
import { renderResources, resourceViews } from '../resource/render-resources.ts';
import { todo } from '../resource/todo.ts';
import { templatesFolder } from '../../lib/package-root.ts';
import { type RenderedFile, renderFolder } from '../../lib/files/render-folder.ts';
import { type ServiceAnswers, serviceView } from './view.ts';

/** The resources that a new service starts with. */
export function firstResources({ example }: ServiceAnswers): readonly ResourceDefinition[] {
  return example ? [todo] : [];
}

/**
 * Renders all files of a service, sorted by path. The same answers and definitions give the same
 * bytes. Of the migrations it has those that a new service starts with.
 */
export function renderService(
  answers: ServiceAnswers,
  definitions = firstResources(answers),
  templates = templatesFolder,
): RenderedFile[] {
  if (!existsSync(join(templates, 'service', 'tools'))) {
    throw new Error('The templates lack the bundled tools: run `npm run build`');
  }
  const resources = resourceViews(definitions);
  const view = { ...serviceView(answers), resources };
  const folders = [
    'service',
    // In a workspace the lock and the settings are those of its root.
    ...(view.inWorkspace ? [] : [join('package-managers', answers.packageManager)]),
    ...answers.features.map((feature) => join('features', feature)),
    ...(definitions.includes(todo) ? ['example'] : []),
  ];
  return sorted([
    ...folders.flatMap((folder) => renderFolder(join(templates, folder), view)),
    ...renderResources(resources, templates),
  ]);
}

function sorted(files: readonly RenderedFile[]): RenderedFile[] {
  const result = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  result.forEach(({ path }, index) => {
    if (result[index + 1]?.path === path) throw new Error(`Two templates make ${path}`);
  });
  return result;
}
