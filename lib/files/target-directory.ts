import { accessSync, constants, existsSync, rmdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { GeneratorError, hasCode, messageOf } from '../errors/generator-error.ts';
import { exitStatus } from '../errors/exit-status.ts';

/**
 * Checks that files can be written to the target directory, which need not exist.
 *
 * @throws {GeneratorError} when they cannot
 */
export function checkTarget(directory: string): void {
  const existing = nearestExisting(directory);
  try {
    if (!statSync(existing).isDirectory()) throw new Error(`${existing} is a file`);
    accessSync(existing, constants.W_OK);
  } catch (error) {
    throw notWritable(directory, error, 'Nothing was written. Choose another directory.');
  }
}

/** Where a new target directory is staged, under a name of this generator's own: it is removed without asking. */
export function stagingPath(target: string): string {
  return join(dirname(target), `.${basename(target)}.clean-flask-ts`);
}

/** The error for a directory that cannot be written to. */
export function notWritable(directory: string, cause: unknown, hint: string): GeneratorError {
  const reason = `Cannot write to ${directory}: ${messageOf(cause)}`;
  return new GeneratorError(exitStatus.usage, { reason, hint }, { cause });
}

/** The path itself, or its innermost parent that exists. */
export function nearestExisting(path: string): string {
  return existsSync(path) ? path : nearestExisting(dirname(path));
}

/** Removes a directory unless something is in it. Returns whether it is gone. */
export function removeEmpty(directory: string): boolean {
  try {
    rmdirSync(directory);
    return true;
  } catch (error) {
    if (!hasCode(error, 'ENOTEMPTY', 'EEXIST', 'ENOENT')) throw error;
    return hasCode(error, 'ENOENT');
  }
}
