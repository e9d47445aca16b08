import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { GeneratorError } from '../errors/generator-error.ts';
import { exitStatus } from '../errors/exit-status.ts';
import { readJsonRecord, stringsIn } from '../json-record.ts';
import type { RenderedFile } from './render-folder.ts';
import { RUN_DIRECTORY } from './run-directory.ts';
import { notWritable, removeEmpty, stagingPath } from './target-directory.ts';

/** The journal of a run that writes. */
const UNDO = join(RUN_DIRECTORY, 'undo');
/** The journal of changes that can still be reverted. */
const OPEN = join(RUN_DIRECTORY, 'open');

/** What to roll back when writing into an existing directory is not finished. */
interface Journal {
  /** Files that did not exist before. */
  readonly created: readonly string[];
  /** Directories that did not exist before, inner ones first. */
  readonly directories: readonly string[];
  /** Files that are replaced or removed; the originals are next to the journal. */
  readonly replaced: readonly string[];
}

/** What to write to a directory, and the paths of the files to remove from it. */
export interface Changes {
  readonly files: readonly RenderedFile[];
  readonly removed: readonly string[];
  /**
   * Further paths that later steps change. With them, all of it can be reverted until `closeChanges`.
   */
  readonly open?: readonly string[];
}

/**
 * Makes changes in a directory that this run has locked: all of them, or the directory stays as it
 * was. A new directory appears complete. In an existing one, a killed run leaves the journal that
 * `rollBack` needs.
 *
 * @throws {GeneratorError} when the disk refuses a write
 * @throws the reason of the signal when it is aborted
 */
export async function writeFiles(
  directory: string,
  changes: Changes,
  signal: AbortSignal,
): Promise<void> {
  try {
    if (existsSync(directory)) await writeInto(directory, changes, signal);
    else await writeNew(directory, changes.files, signal);
  } catch (error) {
    if (signal.aborted || error instanceof GeneratorError) throw error;
    const hint = 'What was written is rolled back. Free disk space, or choose another directory.';
    throw notWritable(directory, error, hint);
  }
}

/** Rolls back the writes of a killed run. Returns whether there were any. */
export function rollBack(directory: string): boolean {
  return restore(directory, UNDO);
}

/** The paths of changes that can still be reverted; undefined if there are none. */
export function openChanges(directory: string): string[] | undefined {
  const journal = join(directory, OPEN, 'undo.json');
  if (!existsSync(journal)) return undefined;
  const { created, replaced } = readJsonRecord(journal);
  return [...stringsIn(created), ...stringsIn(replaced)];
}

/** Reverts the changes that can still be reverted. Returns whether there were any. */
export function revertChanges(directory: string): boolean {
  return restore(directory, OPEN);
}

/** Makes changes final. */
export function closeChanges(directory: string): void {
  discardJournal(directory, OPEN);
}

/** Restores what a journal holds. It goes last, so that a killed run can be repeated. */
function restore(directory: string, folder: string): boolean {
  const journal = join(directory, folder, 'undo.json');
  if (!existsSync(journal)) {
    discardJournal(directory, folder);
    return false;
  }
  const { created, directories, replaced } = readJsonRecord(journal);
  for (const path of stringsIn(created)) rmSync(join(directory, path), { force: true });
  for (const path of stringsIn(replaced))
    cpSync(join(directory, folder, 'files', path), join(directory, path));
  discardJournal(directory, folder);
  for (const path of stringsIn(directories)) removeEmpty(join(directory, path));
  return true;
}

async function writeNew(
  directory: string,
  files: readonly RenderedFile[],
  signal: AbortSignal,
): Promise<void> {
  const staging = stagingPath(directory);
  await writeEach(staging, files, signal);
  try {
    renameSync(staging, directory);
  } catch (error) {
    throw existsSync(directory) ? appeared(directory, error) : error;
  }
}

function appeared(directory: string, cause: unknown): GeneratorError {
  const reason = `${directory} was created by another program while this run prepared its files.`;
  const hint = 'This run wrote nothing there. Run it again to see which files differ.';
  return new GeneratorError(exitStatus.conflict, { reason, hint }, { cause });
}

async function writeInto(
  directory: string,
  { files, removed, open }: Changes,
  signal: AbortSignal,
): Promise<void> {
  try {
    keepOriginals(directory, [...files.map(({ path }) => path), ...removed, ...(open ?? [])]);
    await writeEach(directory, files, signal);
    for (const path of removed) removeFile(directory, path);
  } catch (error) {
    rollBack(directory);
    throw error;
  }
  if (open === undefined) discardJournal(directory, UNDO);
  else renameSync(join(directory, UNDO), join(directory, OPEN));
}

/** Removes a file, and the directories that it leaves empty. */
function removeFile(directory: string, path: string): void {
  rmSync(join(directory, path), { force: true });
  for (let parent = dirname(path); parent !== '.'; parent = dirname(parent)) {
    if (!removeEmpty(join(directory, parent))) return;
  }
}

async function writeEach(
  directory: string,
  files: readonly RenderedFile[],
  signal: AbortSignal,
): Promise<void> {
  for (const file of files) {
    // Lets signal handlers run.
    await setImmediate();
    signal.throwIfAborted();
    write(directory, file);
  }
}

/** Removes the journal, with the originals. */
function discardJournal(directory: string, folder: string): void {
  rmSync(join(directory, folder), { recursive: true, force: true });
  removeEmpty(join(directory, RUN_DIRECTORY));
}

function keepOriginals(directory: string, paths: readonly string[]): void {
  const replaced = paths.filter((path) => existsSync(join(directory, path)));
  const created = paths.filter((path) => !replaced.includes(path));
  const directories = newDirectories(directory, created);
  for (const path of replaced) cpSync(join(directory, path), join(directory, UNDO, 'files', path));
  mkdirSync(join(directory, UNDO), { recursive: true });
  // It appears complete or not at all: until then nothing else was changed.
  const journal: Journal = { created, directories, replaced };
  writeFileSync(join(directory, UNDO, 'undo.part'), JSON.stringify(journal));
  renameSync(join(directory, UNDO, 'undo.part'), join(directory, UNDO, 'undo.json'));
}

function newDirectories(directory: string, paths: readonly string[]): string[] {
  const directories = new Set<string>();
  for (const path of paths) {
    let parent = dirname(path);
    while (parent !== '.' && !existsSync(join(directory, parent))) {
      directories.add(parent);
      parent = dirname(parent);
    }
  }
  return [...directories].sort((a, b) => b.length - a.length);
}

function write(directory: string, { path, contents }: RenderedFile): void {
  const file = join(directory, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, contents);
}
