import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { exitStatus } from '../errors/exit-status.ts';
import { GeneratorError } from '../errors/generator-error.ts';
import { firstLine, gitIn, identityProblem } from './git.ts';

const SHOWN = 10;
/** What git is in the middle of, by the file that says so. */
const UNFINISHED = {
  MERGE_HEAD: 'merge',
  CHERRY_PICK_HEAD: 'cherry-pick',
  REVERT_HEAD: 'revert',
  'rebase-merge': 'rebase',
  'rebase-apply': 'rebase',
};

/**
 * Checks that a commit of changes in a directory would contain nothing else: all tracked files are as
 * they were committed. Untracked files do not matter.
 *
 * @throws {GeneratorError} when they are not, or git cannot commit
 */
export async function requireCleanFolder(directory: string): Promise<void> {
  const git = gitIn(directory);
  const head = await git(['rev-parse', '--quiet', '--verify', 'HEAD:./']);
  if (head.failed) {
    const problem = firstLine(head.stderr) || 'it has no commit with this directory';
    throw refusal(
      `An update needs ${directory} in a git repository, committed: ${problem}.`,
      'Commit the service, then repeat the command.',
    );
  }
  const unfinished = await unfinishedWork(directory);
  if (unfinished !== undefined) {
    throw refusal(
      `A ${unfinished} is not finished in this repository.`,
      'Finish or abort it first.',
    );
  }
  const changed = await trackedChanges(directory);
  if (changed.length > 0) {
    const more = changed.length > SHOWN ? [`  and ${changed.length - SHOWN} more`] : [];
    const list = changed.slice(0, SHOWN).map((path) => `  ${path}`);
    throw refusal(
      ['These files have changes that are not committed:', ...list, ...more].join('\n'),
      'Commit or stash them, then repeat the command.',
    );
  }
  const unidentified = await identityProblem(git);
  if (unidentified !== undefined) throw refusal(`${unidentified}.`, 'Then repeat the command.');
}

function refusal(reason: string, hint: string): GeneratorError {
  return new GeneratorError(exitStatus.usage, { reason, hint: `Nothing was written. ${hint}` });
}

async function unfinishedWork(directory: string): Promise<string | undefined> {
  const files = Object.keys(UNFINISHED).flatMap((file) => ['--git-path', file]);
  const { stdout } = await gitIn(directory)(['rev-parse', ...files]);
  const found = stdout
    .split('\n')
    .findIndex((file) => file && existsSync(resolve(directory, file)));
  return Object.values(UNFINISHED)[found];
}

async function trackedChanges(directory: string): Promise<string[]> {
  const status = ['status', '--porcelain=v1', '-z', '--no-renames', '--untracked-files=no'];
  const git = gitIn(directory);
  // Without the lock that refreshing the index takes.
  const { stdout } = await git([
    '--no-optional-locks',
    ...status,
    '--ignore-submodules=all',
    '--',
    '.',
  ]);
  return stdout
    .split('\0')
    .filter((entry) => entry !== '')
    .map((entry) => entry.slice('XY '.length));
}
