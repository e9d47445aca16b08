import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { GeneratorError, messageOf } from '../errors/generator-error.ts';
import { exitStatus } from '../errors/exit-status.ts';
import type { Flags } from '../options/raw-options.ts';
import { readJsonRecord, textsOf } from '../json-record.ts';
import { options } from '../../generators/app/options.ts';
import { RUN_FOLDER } from '../files/run-directory.ts';

const FILE = join(RUN_FOLDER, 'run.json');

/** What a run that did not come to its end has done, for the one that resumes it. */
export interface RunState {
  readonly git: boolean;
  readonly skipCheck: boolean;
  /** Names of the steps that were done. */
  readonly done: readonly string[];
}

/**
 * Keeps the state of a run in the folder of the service.
 *
 * @throws {GeneratorError} when it cannot be written, such as to a full disk
 */
export function saveRunState(folder: string, state: RunState): void {
  const file = join(folder, FILE);
  try {
    mkdirSync(dirname(file), { recursive: true });
    // Renamed when it is complete, because a full disk cuts off what is written.
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw new GeneratorError(exitStatus.installFailed, {
      reason: `Cannot save how far the run is: ${messageOf(error)}`,
      hint: `The files stay in ${folder}. When the cause is fixed, repeat the same command.`,
    });
  }
}

/** Forgets the state of a run that came to its end. */
export function clearRunState(folder: string): void {
  rmSync(join(folder, FILE), { force: true });
}

/**
 * The state of the run that is to be resumed.
 *
 * @throws {GeneratorError} when there is none
 */
export function loadRunState(folder: string): RunState {
  if (existsSync(join(folder, FILE))) {
    const { git, skipCheck, done } = readState(join(folder, FILE));
    return { git: git === true, skipCheck: skipCheck === true, done: textsOf(done) };
  }
  throw new GeneratorError(exitStatus.usage, {
    reason: `There is no unfinished run in ${folder}.`,
    hint: 'Nothing was done. Leave out --resume, or name the folder of a service whose install or check failed.',
  });
}

function readState(file: string): Readonly<Record<string, unknown>> {
  try {
    return readJsonRecord(file);
  } catch (error) {
    throw new GeneratorError(exitStatus.usage, {
      reason: `Cannot read how far the run was: ${file}: ${messageOf(error)}`,
      hint: 'Nothing was done. Delete that file, and repeat the command without --resume.',
    });
  }
}

/**
 * Adds what the run that is to be resumed was told to what was given, which wins.
 *
 * @throws {GeneratorError} when there is none
 */
export function withRunState(folder: string, given: Flags): Flags {
  const { git, skipCheck } = loadRunState(folder);
  return new Map<string, unknown>([
    [options.git.name, git],
    [options.skipCheck.name, skipCheck],
    ...given,
  ]);
}
