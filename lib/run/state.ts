import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GeneratorError } from '../errors/generator-error.ts';
import { exitStatus } from '../errors/exit-status.ts';
import type { RawOptions } from '../options/raw-options.ts';
import { readJsonRecord, stringsIn } from '../json-record.ts';
import { sharedOptions } from '../options/shared-options.ts';
import { RUN_DIRECTORY } from '../files/run-directory.ts';

const FILE = join(RUN_DIRECTORY, 'run.json');

/** How far an unfinished run came, for the run that resumes it. */
export interface RunState {
  readonly git: boolean;
  readonly skipCheck: boolean;
  /** Names of the finished steps. */
  readonly done: readonly string[];
}

/** Saves the state of a run in its target directory. */
export function saveRunState(directory: string, state: RunState): void {
  mkdirSync(dirname(join(directory, FILE)), { recursive: true });
  writeFileSync(join(directory, FILE), JSON.stringify(state));
}

/** Removes the state of a finished run. */
export function clearRunState(directory: string): void {
  rmSync(join(directory, FILE), { force: true });
}

/**
 * The state of the run to resume.
 *
 * @throws {GeneratorError} when there is none
 */
export function loadRunState(directory: string): RunState {
  if (existsSync(join(directory, FILE))) {
    const { git, skipCheck, done } = readJsonRecord(join(directory, FILE));
    return { git: git === true, skipCheck: skipCheck === true, done: stringsIn(done) };
  }
  throw new GeneratorError(exitStatus.usage, {
    reason: `${directory} has no unfinished run.`,
    hint: 'Nothing was done. Omit --resume, or use the directory of a service whose install or checks failed.',
  });
}

/**
 * Adds the options of the run to resume to what was provided, which takes precedence.
 *
 * @throws {GeneratorError} when there is none
 */
export function withRunState(directory: string, provided: RawOptions): RawOptions {
  const { git, skipCheck } = loadRunState(directory);
  return new Map<string, unknown>([
    [sharedOptions.git.name, git],
    [sharedOptions.skipCheck.name, skipCheck],
    ...provided,
  ]);
}
