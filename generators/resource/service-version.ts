import compare from 'semver/functions/compare.js';
import { exitStatus } from '../../lib/errors/exit-status.ts';
import { GeneratorError } from '../../lib/errors/generator-error.ts';
import { storedVersion } from '../../lib/options/answers-file.ts';
import { version } from '../../lib/package-root.ts';
import { DEFINITIONS } from './definition-file.ts';

/** The first version whose services store the definitions of their resources. */
const FIRST_WITH_DEFINITIONS = '0.3.0';

/** Whether a version's services store the definitions of their resources. */
export function storesDefinitions(made: string): boolean {
  return compare(made, FIRST_WITH_DEFINITIONS) >= 0;
}

/**
 * Says that a service was made by another version, whose files may differ.
 *
 * @throws {GeneratorError} when that one did not store resources
 */
export function versionNotes(directory: string): string[] {
  const made = storedVersion(directory) ?? version;
  if (!storesDefinitions(made)) {
    throw new GeneratorError(exitStatus.usage, {
      reason: `This service was made by version ${made}, which has no ${DEFINITIONS}/ yet.`,
      hint: 'Nothing was written. Bring it to this version first, with the command update.',
    });
  }
  return made === version
    ? []
    : [`This service was made by version ${made}; this is version ${version}.`];
}
