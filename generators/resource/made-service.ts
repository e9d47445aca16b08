import { basename } from 'node:path';
import { exitStatus } from '../../lib/errors/exit-status.ts';
import { GeneratorError } from '../../lib/errors/generator-error.ts';
import { storedVersion, STORE, withStoredAnswers } from '../../lib/options/answers-file.ts';
import { valuesOf } from '../../lib/options/resolve.ts';
import { version } from '../../lib/package-root.ts';
import type { Target } from '../../lib/run/generator.ts';
import { options } from '../app/options.ts';
import type { ServiceAnswers } from '../app/view.ts';

/**
 * The answers that a service was made with.
 *
 * @throws {GeneratorError} when the directory holds none
 */
export function madeService({ directory, workspace }: Target): ServiceAnswers {
  requireService(directory);
  const answers = valuesOf(options, withStoredAnswers(options, directory, new Map()));
  return { ...answers, name: basename(directory), inWorkspace: workspace !== undefined };
}

/** Says that a service was made by another version, whose files may differ. */
export function versionNotes(directory: string): string[] {
  const made = storedVersion(directory);
  return made === version
    ? []
    : [`This service was made by version ${made ?? 'unknown'}; this is version ${version}.`];
}

/**
 * Checks that a directory is that of a service.
 *
 * @throws {GeneratorError} when it is not
 */
export function requireService(directory: string): void {
  if (storedVersion(directory) !== undefined) return;
  throw new GeneratorError(exitStatus.usage, {
    reason: `${directory} is not a service made by this generator: it has no ${STORE} with its answers.`,
    hint: 'Nothing was written. Run the command in the directory of the service, or name it with --in.',
  });
}
