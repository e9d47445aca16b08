import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import type { FilesPlan } from './plan.ts';
import type { RenderedFile } from './render-folder.ts';

/** How a file would change, as a unified diff. */
export function diffOf(directory: string, { path, contents }: RenderedFile): string {
  const present = readFileSync(join(directory, path), 'utf8');
  return createTwoFilesPatch(path, path, present, contents.toString(), 'present', 'new');
}

/** What a dry run prints: each file with its status, and how it would change. */
export function planText(
  directory: string,
  { created, changed, blocked, left, removed }: FilesPlan,
): string {
  return [
    ...created.map(({ path }) => `created  ${path}`),
    ...changed.map((file) => `changed  ${file.path}\n${diffOf(directory, file)}`),
    ...blocked.map(({ path }) => `blocked  ${path}: something else exists there`),
    ...left.map(({ path }) => `left     ${path}`),
    ...removed.map((path) => `removed  ${path}`),
    '',
    'Dry run: nothing was written.',
  ].join('\n');
}
