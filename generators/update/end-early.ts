import { isDeepStrictEqual } from 'node:util';
import compare from 'semver/functions/compare.js';
import { exitStatus } from '../../lib/errors/exit-status.ts';
import { GeneratorError } from '../../lib/errors/generator-error.ts';
import { openChanges, revertChanges, rollBack } from '../../lib/files/write.ts';
import { storedVersion } from '../../lib/options/answers-file.ts';
import { version } from '../../lib/package-root.ts';
import type { Ending } from '../../lib/run/generator.ts';
import { refuseOpenChanges } from '../../lib/run/settle-conflicts.ts';
import { clearRunState } from '../../lib/run/state.ts';
import { lockTarget, unlockTarget } from '../../lib/run/target-lock.ts';
import { answersFrom } from '../app/made-service.ts';
import { releasesAfter } from './changelog.ts';
import { changedAnswers } from './changed-answers.ts';
import type { UpdateContext } from './options.ts';

/**
 * Ends a run that aborts an update, only checks for one, or has nothing to do.
 *
 * @throws {GeneratorError} when there is nothing to abort, or a newer version made the service
 */
export function endEarly(context: UpdateContext): Ending | undefined {
  const { values, shared, target } = context;
  const { directory } = target;
  if (values.abort) return abort(directory);
  if (shared.resume) return undefined;
  refuseOpenChanges(openChanges(directory), directory);
  const made = storedVersion(directory) ?? version;
  if (compare(made, version) > 0) throw newerVersion(made);
  if (values.check && made !== version) return updateExists(made);
  const upToDate = { status: 0, text: `Up to date with version ${version}.` } as const;
  if (values.check) return { ...upToDate, details: { from: made, to: version, releases: [] } };
  return made === version && !changesAnswers(context) ? upToDate : undefined;
}

function changesAnswers({ values, target }: UpdateContext): boolean {
  const [stored, wanted] = [[], values.set].map((changes) =>
    answersFrom(target, changedAnswers(target.directory, changes)),
  );
  return !isDeepStrictEqual(stored, wanted);
}

function abort(directory: string): Ending {
  lockTarget(directory);
  try {
    const reverted = [rollBack(directory), revertChanges(directory)];
    if (!reverted.includes(true)) {
      throw new GeneratorError(exitStatus.usage, {
        reason: `No update of ${directory} is unfinished.`,
        hint: 'Nothing was changed. An update that was committed is reverted with git revert.',
      });
    }
    clearRunState(directory);
    return { status: 0, text: 'The files are as they were before the update.' };
  } finally {
    unlockTarget(directory);
  }
}

function updateExists(made: string): Ending {
  const releases = releasesAfter(made);
  const entries = releases.map((release) => `${release.version}\n\n${release.changes}`);
  return {
    status: exitStatus.updateExists,
    text: [`Version ${version} exists; this service was made by ${made}.`, ...entries].join('\n\n'),
    details: { from: made, to: version, releases },
  };
}

function newerVersion(made: string): GeneratorError {
  return new GeneratorError(exitStatus.usage, {
    reason: `The service was made by version ${made}, and this is ${version}.`,
    hint: `Nothing was written. Use version ${made} or a newer one.`,
  });
}
