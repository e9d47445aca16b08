import { cpSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { GeneratorError } from '../errors/generator-error.ts';
import { exitStatus } from '../errors/exit-status.ts';
import { readJsonRecord, textsOf } from '../json-record.ts';
import type { RenderedFile } from './render-folder.ts';
import { RUN_FOLDER } from './run-directory.ts';
import { notWritable, removeEmpty } from './target-directory.ts';
import { stagingPath } from './target-lock.ts';

const UNDO = join(RUN_FOLDER, 'undo');

/** What has to be taken back when writing into a folder that was there is not finished. */
interface Undo {
  /** Files that were not there before. */
  readonly created: readonly string[];
  /** Folders that were not there before, inner ones first. */
  readonly folders: readonly string[];
  /** Files that are replaced; the originals stand beside this. */
  readonly replaced: readonly string[];
}

/**
 * Writes files to a folder that this run has locked, so that it ends with all of them or as it was
 * before. A new folder appears at once, complete. In an existing one, a run that is killed leaves
 * what `restore` needs.
 *
 * @throws {GeneratorError} when the disk refuses
 * @throws the reason of the signal when that is aborted
 */
export async function writeFiles(
  folder: string,
  files: readonly RenderedFile[],
  signal: AbortSignal,
): Promise<void> {
  try {
    if (existsSync(folder)) await writeInto(folder, files, signal);
    else await writeNew(folder, files, signal);
  } catch (error) {
    if (signal.aborted || error instanceof GeneratorError) throw error;
    const hint = 'What was written is taken back. Make room or choose another folder.';
    throw notWritable(folder, error, hint);
  }
}

/** Takes back what a killed run left unfinished. Says whether there was something. */
export function restore(folder: string): boolean {
  const journal = join(folder, UNDO, 'undo.json');
  if (!existsSync(journal)) {
    forget(folder);
    return false;
  }
  const { created, folders, replaced } = readJsonRecord(journal);
  for (const path of textsOf(created)) rmSync(join(folder, path), { force: true });
  for (const path of textsOf(replaced))
    cpSync(join(folder, UNDO, 'files', path), join(folder, path));
  forget(folder);
  for (const path of textsOf(folders)) removeEmpty(join(folder, path));
  return true;
}

async function writeNew(
  folder: string,
  files: readonly RenderedFile[],
  signal: AbortSignal,
): Promise<void> {
  const staging = stagingPath(folder);
  await writeEach(staging, files, signal);
  try {
    renameSync(staging, folder);
  } catch (error) {
    throw existsSync(folder) ? appeared(folder, error) : error;
  }
}

function appeared(folder: string, cause: unknown): GeneratorError {
  const reason = `${folder} was created by another program while this run prepared its files.`;
  const hint = 'This run wrote nothing there. Run it again to see which files differ.';
  return new GeneratorError(exitStatus.conflict, { reason, hint }, { cause });
}

async function writeInto(
  folder: string,
  files: readonly RenderedFile[],
  signal: AbortSignal,
): Promise<void> {
  try {
    keepOriginals(folder, files);
    await writeEach(folder, files, signal);
  } catch (error) {
    restore(folder);
    throw error;
  }
  forget(folder);
}

async function writeEach(
  folder: string,
  files: readonly RenderedFile[],
  signal: AbortSignal,
): Promise<void> {
  for (const file of files) {
    // Here the process learns of signals.
    await setImmediate();
    signal.throwIfAborted();
    write(folder, file);
  }
}

/** Removes what is needed to take something back. */
function forget(folder: string): void {
  rmSync(join(folder, UNDO), { recursive: true, force: true });
  removeEmpty(join(folder, RUN_FOLDER));
}

function keepOriginals(folder: string, files: readonly RenderedFile[]): void {
  const paths = files.map(({ path }) => path);
  const replaced = paths.filter((path) => existsSync(join(folder, path)));
  const created = paths.filter((path) => !replaced.includes(path));
  const folders = newFolders(folder, created);
  for (const path of replaced) cpSync(join(folder, path), join(folder, UNDO, 'files', path));
  mkdirSync(join(folder, UNDO), { recursive: true });
  // It appears complete or not at all: until then nothing else was changed.
  const undo: Undo = { created, folders, replaced };
  writeFileSync(join(folder, UNDO, 'undo.part'), JSON.stringify(undo));
  renameSync(join(folder, UNDO, 'undo.part'), join(folder, UNDO, 'undo.json'));
}

function newFolders(folder: string, paths: readonly string[]): string[] {
  const folders = new Set<string>();
  for (const path of paths) {
    let parent = dirname(path);
    while (parent !== '.' && !existsSync(join(folder, parent))) {
      folders.add(parent);
      parent = dirname(parent);
    }
  }
  return [...folders].sort((a, b) => b.length - a.length);
}

function write(folder: string, { path, contents }: RenderedFile): void {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, contents);
}
