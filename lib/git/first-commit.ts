import { execa } from 'execa';
import { childEnvironment } from '../process/child-environment.ts';
import { version } from '../package-root.ts';

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

type Git = ReturnType<typeof gitIn>;

function skipped(reason: string): CommitOutcome {
  return { skipped: reason };
}

function gitIn(directory: string) {
  return (args: readonly string[], input = '') =>
    execa('git', args, {
      cwd: directory,
      env: childEnvironment(process.env),
      extendEnv: false,
      input,
      reject: false,
    });
}

/**
 * The repository that git finds from a directory, if any. Only git can tell: it ignores an empty
 * `.git`, for example, and stops at `GIT_CEILING_DIRECTORIES`.
 */
async function enclosingRepository(git: Git): Promise<string | undefined> {
  // Also one that belongs to another user.
  const found = await git(['-c', 'safe.directory=*', 'rev-parse', '--absolute-git-dir']);
  return found.failed ? undefined : found.stdout;
}

async function commit(git: Git, paths: readonly string[]): Promise<string | undefined> {
  for (const identity of ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT']) {
    const known = await git(['-c', 'user.useConfigOnly=true', 'var', identity]);
    if (known.failed)
      return `git has no user.name and user.email. Set both with git config --global, then ${RUN}`;
  }
  // Forced, so that the user's own ignore rules do not omit files.
  const add = ['add', '--force', '--pathspec-from-file=-', '--pathspec-file-nul'];
  const added = await git(add, paths.join('\0'));
  if (added.failed) return `${firstLine(added.stderr)}. When that is fixed, ${RUN}`;
  const tree = await git(['write-tree']);
  if (tree.failed) return `${firstLine(tree.stderr)}. When that is fixed, ${RUN}`;
  const trailers = [`Clean-Flask-Ts-Version: ${version}`, `Clean-Flask-Ts-Tree: ${tree.stdout}`];
  const message = ['Initial commit', '', ...trailers].join('\n');
  const committed = await git(['commit', '--quiet', '--message', message]);
  return committed.failed
    ? `${firstLine(committed.stderr)}. When that is fixed, ${RUN}`
    : undefined;
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
