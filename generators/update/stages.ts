import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { exitStatus } from '../../lib/errors/exit-status.ts';
import { GeneratorError, messageOf } from '../../lib/errors/generator-error.ts';
import { closeChanges, openChanges } from '../../lib/files/write.ts';
import { commitPaths } from '../../lib/git/commit-paths.ts';
import { committedContents } from '../../lib/git/committed-contents.ts';
import { trailer } from '../../lib/git/trailers.ts';
import { STORE } from '../../lib/options/answers-file.ts';
import { version } from '../../lib/package-root.ts';
import { checkStages } from '../../lib/run/check-steps.ts';
import type { StageContext } from '../../lib/run/generator.ts';
import { conflictList } from '../../lib/run/settle-conflicts.ts';
import type { Step } from '../../lib/run/steps.ts';
import { managerOf } from './changed-answers.ts';
import type { UpdateContext } from './options.ts';

/** What follows the files: conflicts, install, commit and checks. */
export function updateStages({ shared, target }: UpdateContext, stage: StageContext): Step[][] {
  const { directory, workspace } = target;
  const check = {
    ...{ folder: directory, log: stage.log, resume: stage.resume },
    manager: managerOf(directory),
    inWorkspace: workspace !== undefined,
    isLockOutdated: true,
    wayBack: 'The update is committed; to go back: git revert HEAD',
  };
  const conflicts: Step = {
    name: 'conflicts',
    title: 'Looking for conflicts',
    run: () => Promise.resolve(requireNoConflicts(directory, stage)),
  };
  const commit: Step = {
    name: 'commit',
    title: 'Committing the update',
    run: () => commitUpdate(directory, stage.resume),
  };
  const stages = checkStages(check, shared, stage.onDatabase);
  return [[conflicts], ...stages.slice(0, 1), [commit], ...stages.slice(1)];
}

function requireNoConflicts(directory: string, { conflicts, resume }: StageContext): string {
  const ways = [
    `Resolve them, then continue with: ${resume}`,
    'To restore the files instead, type --abort in place of --continue.',
  ];
  if (conflicts.length > 0) {
    throw new GeneratorError(exitStatus.mergeConflict, {
      reason: conflictList(conflicts),
      hint: ['The files are written, with conflicts as git shows them.', ...ways].join('\n'),
    });
  }
  const marked = (openChanges(directory) ?? []).filter((path) => hasMarkers(directory, path));
  if (marked.length === 0) return 'no conflicts';
  throw new GeneratorError(exitStatus.mergeConflict, {
    reason: ['These files still have conflict markers:', ...marked.map((path) => `  ${path}`)].join(
      '\n',
    ),
    hint: ways.join('\n'),
  });
}

function hasMarkers(directory: string, path: string): boolean {
  const file = join(directory, path);
  if (!existsSync(file)) return false;
  const text = readFileSync(file, 'utf8');
  return /^<{7} yours\r?$/m.test(text) || /^>{7} theirs\r?$/m.test(text);
}

async function commitUpdate(directory: string, resume: string): Promise<string> {
  try {
    const message = [await title(directory), '', trailer.version(version)].join('\n');
    const commit = await commitPaths(directory, openChanges(directory) ?? [], message);
    closeChanges(directory);
    return commit === undefined ? 'committed already' : `committed as ${commit}`;
  } catch (error) {
    throw new GeneratorError(exitStatus.unexpected, {
      reason: `The update cannot be committed: ${messageOf(error)}`,
      hint: `The files stay. When the cause is fixed, continue with: ${resume}`,
    });
  }
}

async function title(directory: string): Promise<string> {
  const committed = (await committedContents(directory, STORE)) ?? '';
  return committed.includes(`"version": "${version}"`)
    ? `Change the answers that clean-flask-ts ${version} rendered the service from`
    : `Update the service to the templates of clean-flask-ts ${version}`;
}
