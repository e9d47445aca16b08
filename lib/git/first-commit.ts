import { version } from '../package-root.ts';
import { firstLine, type Git, gitIn, identityProblem } from './git.ts';
import { trailer } from './trailers.ts';

const RUN = 'run git add --all and git commit';

/** What was done, or why less was done and what to do about it. */
export type CommitOutcome = string | { readonly skipped: string };

/**
 * Creates a repository with one commit that contains exactly the given files. Its trailers name the
 * version of the generator and the tree of the files, from which a later update can start.
 */
export async function firstCommit(
  directory: string,
  paths: readonly string[],
): Promise<CommitOutcome> {
  const git = gitIn(directory);
  if ((await git(['--version'])).failed) return skipped('no git repository: git was not found');
  const repository = await enclosingRepository(git);
  if (repository !== undefined) return skipped(`no new git repository: inside ${repository}`);
  const init = await git(['init', '--quiet', '--initial-branch=main']);
  if (init.failed) return skipped(`no git repository: ${firstLine(init.stderr)}`);
  const problem = await commit(git, paths);
  return problem === undefined
    ? `git repository created, with one commit of ${paths.length} files`
    : skipped(`git repository created, without a commit: ${problem}`);
}

function skipped(reason: string): CommitOutcome {
  return { skipped: reason };
}

/**
 * The repository that git finds from a directory, if any. Only git can tell: it ignores an empty
 * `.git`, for example, and stops at `GIT_CEILING_DIRECTORIES`.
 */
async function enclosingRepository(git: Git): Promise<string | undefined> {
  // Also one that belongs to another user.
  const found = await git(['-c', 'safe.directory=*', 'rev-parse', '--absolute-git-dir']);
  return found.failed ? undefined : found.stdout.trim();
}

async function commit(git: Git, paths: readonly string[]): Promise<string | undefined> {
  const unidentified = await identityProblem(git);
  if (unidentified !== undefined) return `${unidentified}, then ${RUN}`;
  // Forced, so that the user's own ignore rules do not omit files.
  const add = ['add', '--force', '--pathspec-from-file=-', '--pathspec-file-nul'];
  const added = await git(add, paths.join('\0'));
  if (added.failed) return `${firstLine(added.stderr)}. When that is fixed, ${RUN}`;
  const tree = await git(['write-tree']);
  if (tree.failed) return `${firstLine(tree.stderr)}. When that is fixed, ${RUN}`;
  const trailers = [trailer.version(version), trailer.tree(tree.stdout.trim())];
  const message = ['Initial commit', '', ...trailers].join('\n');
  const committed = await git(['commit', '--quiet', '--message', message]);
  return committed.failed
    ? `${firstLine(committed.stderr)}. When that is fixed, ${RUN}`
    : undefined;
}
