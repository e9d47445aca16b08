import { accessSync, constants, existsSync, rmdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { GeneratorError, hasCode, messageOf } from '../errors/generator-error.ts';
import { exitStatus } from '../errors/exit-status.ts';

/**
 * Makes sure that files can be written to the folder, which may not exist yet.
 *
 * @throws {GeneratorError} when they cannot
 */
export function checkTarget(folder: string): void {
  const existing = nearestExisting(folder);
  try {
    if (!statSync(existing).isDirectory()) throw new Error(`${existing} is a file`);
    accessSync(existing, constants.W_OK);
  } catch (error) {
    throw notWritable(folder, error, 'Nothing was written. Choose another folder.');
  }
}

/** The error for a folder that cannot be written to. */
export function notWritable(folder: string, cause: unknown, hint: string): GeneratorError {
  const reason = `The folder ${folder} cannot be written to: ${messageOf(cause)}`;
  return new GeneratorError(exitStatus.usage, { reason, hint }, { cause });
}

/** The folder itself, or the innermost one around it that is there. */
export function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}

/** Removes a directory unless something is in it. */
export function removeEmpty(folder: string): void {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT')) throw error;
  }
}
