import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { exitStatus } from '../../lib/errors/exit-status.ts';
import { GeneratorError } from '../../lib/errors/generator-error.ts';
import { readJsonRecord } from '../../lib/json-record.ts';
import { storedVersion, STORE, withStoredAnswers } from '../../lib/options/answers-file.ts';
import type { RawOptions } from '../../lib/options/raw-options.ts';
import { valuesOf } from '../../lib/options/resolve.ts';
import type { Target } from '../../lib/run/generator.ts';
import { options } from './options.ts';
import { projectNameProblem } from './project-name.ts';
import type { ServiceAnswers } from './view.ts';

/**
 * The answers that a service was made with.
 *
 * @throws {GeneratorError} when the directory holds none
 */
export function madeService(target: Target): ServiceAnswers {
  requireService(target.directory);
  return answersFrom(target, withStoredAnswers(options, target.directory, new Map()));
}

/** Options as the answers of the service that is in a directory. */
export function answersFrom({ directory, workspace }: Target, raw: RawOptions): ServiceAnswers {
  return {
    ...valuesOf(options, raw),
    name: nameOf(directory),
    inWorkspace: workspace !== undefined,
  };
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

/** The name that a service was rendered with: a copy may be in a directory of another name. */
function nameOf(directory: string): string {
  const manifest = join(directory, 'package.json');
  const name = existsSync(manifest) ? readJsonRecord(manifest)['name'] : undefined;
  return typeof name === 'string' && projectNameProblem(name) === undefined
    ? name
    : basename(directory);
}
