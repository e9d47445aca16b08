import { lstatSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RenderedFile } from './render-folder.ts';

/** How rendered files stand to what is on the disk. */
export interface Comparison {
  /** Not there yet. */
  readonly missing: readonly RenderedFile[];
  /** There with other contents. */
  readonly differing: readonly RenderedFile[];
  /** Where something stands that no file can replace, such as a folder. */
  readonly blocked: readonly RenderedFile[];
  readonly identical: readonly RenderedFile[];
}

/** Compares rendered files with a folder, which need not exist. */
export function compareWithDisk(files: readonly RenderedFile[], folder: string): Comparison {
  const comparison = {
    missing: [] as RenderedFile[],
    differing: [] as RenderedFile[],
    blocked: [] as RenderedFile[],
    identical: [] as RenderedFile[],
  };
  for (const file of files) comparison[stateOf(folder, file)].push(file);
  return comparison;
}

function stateOf(folder: string, { path, contents }: RenderedFile): keyof Comparison {
  if (!standsInFolders(folder, path)) return 'blocked';
  const target = join(folder, path);
  const entry = lstatSync(target, { throwIfNoEntry: false });
  if (entry === undefined) return 'missing';
  // Writing would go through a link, to wherever it leads.
  if (!entry.isFile()) return 'blocked';
  try {
    return readFileSync(target).equals(contents) ? 'identical' : 'differing';
  } catch {
    return 'blocked'; // not ours to read
  }
}

function standsInFolders(folder: string, path: string): boolean {
  const parent = dirname(path);
  if (parent === '.') return true;
  if (!standsInFolders(folder, parent)) return false;
  return statSync(join(folder, parent), { throwIfNoEntry: false })?.isDirectory() ?? true;
}
