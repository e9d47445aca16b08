import { lstatSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { RenderedFile } from './render-folder.ts';

/** What a run does with each rendered file. */
export interface FilesPlan {
  /** They do not exist yet. */
  readonly created: readonly RenderedFile[];
  /** They exist with other contents. */
  readonly changed: readonly RenderedFile[];
  /** Something else exists there that no file can replace, such as a directory. */
  readonly blocked: readonly RenderedFile[];
  /** They stay as they are. */
  readonly left: readonly RenderedFile[];
  /** The paths of those that go. */
  readonly removed: readonly string[];
  /** What files must still hold that are changed or removed without a question, by path. */
  readonly basis: Basis;
}

/** The contents that a change was made from, by path. Line ends do not count. */
export type Basis = ReadonlyMap<string, Buffer>;

type FileStatus = Exclude<keyof FilesPlan, 'removed' | 'basis'>;

/** The plan that changes nothing. */
export const emptyPlan: FilesPlan = {
  created: [],
  changed: [],
  blocked: [],
  left: [],
  removed: [],
  basis: new Map(),
};

/** Compares rendered files with a directory, which need not exist. */
export function planFiles(files: readonly RenderedFile[], directory: string): FilesPlan {
  const plan: Record<FileStatus, RenderedFile[]> = {
    created: [],
    changed: [],
    blocked: [],
    left: [],
  };
  for (const file of files) plan[statusOf(directory, file)].push(file);
  return { ...emptyPlan, ...plan };
}

/** The plan that leaves every existing file as it is. */
export function keepExisting({ changed, blocked, left, ...plan }: FilesPlan): FilesPlan {
  return { ...plan, changed: [], blocked: [], left: [...left, ...changed, ...blocked] };
}

/** The paths at which a directory differs from its plan, because it was changed since then. */
export function outdatedPaths(plan: FilesPlan, directory: string): string[] {
  const files = (['created', 'changed'] as const).flatMap((status) =>
    plan[status].filter((file) => statusOf(directory, file) !== status),
  );
  const changed = [...plan.basis].filter(([path, contents]) => {
    const present = readIfFile(join(directory, path));
    return present === undefined || withLf(present) !== withLf(contents);
  });
  return [...new Set([...pathsOf(files), ...changed.map(([path]) => path)])];
}

function readIfFile(file: string): Buffer | undefined {
  return statSync(file, { throwIfNoEntry: false })?.isFile() ? readFileSync(file) : undefined;
}

function withLf(contents: Buffer): string {
  return contents.toString().replaceAll('\r\n', '\n');
}

/** The paths of all files of a plan. */
export function plannedPaths({ created, changed, blocked, left }: FilesPlan): string[] {
  return [created, changed, blocked, left].flatMap(pathsOf);
}

/** The paths of files. */
export function pathsOf(files: readonly RenderedFile[]): string[] {
  return files.map(({ path }) => path);
}

function statusOf(directory: string, { path, contents }: RenderedFile): FileStatus {
  if (!isInDirectories(directory, path)) return 'blocked';
  const target = join(directory, path);
  const entry = lstatSync(target, { throwIfNoEntry: false });
  if (entry === undefined) return 'created';
  // Writing would go through a link, to wherever it leads.
  if (!entry.isFile()) return 'blocked';
  try {
    return readFileSync(target).equals(contents) ? 'left' : 'changed';
  } catch {
    return 'blocked'; // not readable for this user
  }
}

function isInDirectories(directory: string, path: string): boolean {
  const parent = dirname(path);
  if (parent === '.') return true;
  if (!isInDirectories(directory, parent)) return false;
  return statSync(join(directory, parent), { throwIfNoEntry: false })?.isDirectory() ?? true;
}
