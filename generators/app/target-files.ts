import { lstatSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RenderedFile } from './render-folder.ts';

/** How rendered files stand to what is on the disk. */
export interface Comparison {
  /** Not there yet. */
  readonly missing: readonly RenderedFile[];
  /** Paths that hold something else. */
  readonly differing: readonly string[];
}

/** Compares rendered files with a folder; identical files appear nowhere in the result. */
export function compareWithDisk(files: readonly RenderedFile[], folder: string): Comparison {
  const missing: RenderedFile[] = [];
  const differing: string[] = [];
  for (const file of files) {
    const state = stateOf(folder, file);
    if (state === 'missing') missing.push(file);
    if (state === 'differing') differing.push(file.path);
  }
  return { missing, differing };
}

function stateOf(
  folder: string,
  { path, contents }: RenderedFile,
): 'missing' | 'identical' | 'differing' {
  if (!standsInFolders(folder, path)) return 'differing';
  const target = join(folder, path);
  // A link that leads nowhere is there all the same: writing would go through it.
  if (lstatSync(target, { throwIfNoEntry: false }) === undefined) return 'missing';
  try {
    return readFileSync(target).equals(contents) ? 'identical' : 'differing';
  } catch {
    // A folder, or a file that may not be read: either way not ours.
    return 'differing';
  }
}

function standsInFolders(folder: string, path: string): boolean {
  const parent = dirname(path);
  if (parent === '.') return true;
  if (!standsInFolders(folder, parent)) return false;
  return statSync(join(folder, parent), { throwIfNoEntry: false })?.isDirectory() ?? true;
}
