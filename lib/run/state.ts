import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { exitStatus } from '../errors/exit-status.ts';
import { GeneratorError, messageOf } from '../errors/generator-error.ts';
import { RUN_DIRECTORY } from '../files/run-directory.ts';
import { readJsonRecord, stringsIn } from '../json-record.ts';
import type { OptionTable } from '../options/option.ts';
import type { RawOptions } from '../options/raw-options.ts';
import { sharedOptions } from '../options/shared-options.ts';

const FILE = join(RUN_DIRECTORY, 'run.json');

/** How far an unfinished run came, for the run that resumes it. */
export interface RunState {
  readonly git: boolean;
  readonly skipCheck: boolean;
  /** Names of the finished steps. */
  readonly done: readonly string[];
}

/**
 * Saves the state of a run in its target directory.
 *
 * @throws {GeneratorError} when it cannot be written, for example because the disk is full
 */
export function saveRunState(directory: string, state: RunState): void {
  const file = join(directory, FILE);
  try {
    mkdirSync(dirname(file), { recursive: true });
    // Renamed when it is complete, because a full disk cuts off what is written.
    writeFileSync(`${file}.new`, JSON.stringify(state));
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw new GeneratorError(exitStatus.installFailed, {
      reason: `Cannot save the state of the run: ${messageOf(error)}`,
      hint: `The files stay in ${directory}. When the cause is fixed, repeat the same command.`,
    });
  }
}

/** Removes the state of a finished run. */
export function clearRunState(directory: string): void {
  rmSync(join(directory, FILE), { force: true });
}

/**
 * The state of the run to resume.
 *
 * @throws {GeneratorError} when there is none, or it cannot be read
 */
export function loadRunState(directory: string): RunState {
  if (existsSync(join(directory, FILE))) {
    const { git, skipCheck, done } = readState(join(directory, FILE));
    return { git: git === true, skipCheck: skipCheck === true, done: stringsIn(done) };
  }
  throw new GeneratorError(exitStatus.usage, {
    reason: `${directory} has no unfinished run.`,
    hint: 'Nothing was done. Omit --continue, or use the directory of a service whose install or checks failed.',
  });
}

/**
 * Adds the options of the run to resume to what was provided, which takes precedence.
 *
 * @param table the options that the generator takes
 * @throws {GeneratorError} when there is none, or it cannot be read
 */
export function withRunState(
  table: OptionTable,
  directory: string,
  provided: RawOptions,
): RawOptions {
  const { git, skipCheck } = loadRunState(directory);
  const saved = [[sharedOptions.git, git] as const, [sharedOptions.skipCheck, skipCheck] as const];
  const taken = saved.filter(([option]) => Object.values(table).includes(option));
  return new Map([...taken.map(([{ name }, value]) => [name, value] as const), ...provided]);
}

function readState(file: string): Readonly<Record<string, unknown>> {
  try {
    return readJsonRecord(file);
  } catch (error) {
    throw new GeneratorError(exitStatus.usage, {
      reason: `Cannot read the state of the run in ${file}: ${messageOf(error)}`,
      hint: 'Nothing was done. Delete that file, and repeat the command without --continue.',
    });
  }
}
