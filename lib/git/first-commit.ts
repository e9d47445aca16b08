import { execa } from 'execa';
import { childEnvironment } from '../process/child-environment.ts';
import { version } from '../package-root.ts';
import { type Outcome, skipped } from '../run/steps.ts';

const RUN = 'run git add --all and git commit';

/**
 * Creates a repository with one commit that holds exactly the given files. Says what it did, and
 * when it did less, why and what to do.
 */
export async function firstCommit(folder: string, paths: readonly string[]): Promise<Outcome> {
  const git = gitIn(folder);
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

function gitIn(folder: string) {
  return (args: readonly string[], input = '') =>
    execa('git', args, {
      cwd: folder,
      env: childEnvironment(process.env),
      extendEnv: false,
      input,
      reject: false,
    });
}

/**
 * The repository that git finds from a folder, if any. Only git knows what is one: it passes over an
 * empty `.git`, for example, and stops where `GIT_CEILING_DIRECTORIES` tells it to.
 */
async function enclosingRepository(git: Git): Promise<string | undefined> {
  // One that belongs to another user is one as well.
  const found = await git(['-c', 'safe.directory=*', 'rev-parse', '--absolute-git-dir']);
  return found.failed ? undefined : found.stdout;
}

async function commit(git: Git, paths: readonly string[]): Promise<string | undefined> {
  for (const identity of ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT']) {
    const known = await git(['-c', 'user.useConfigOnly=true', 'var', identity]);
    if (known.failed)
      return `git has no user.name and user.email. Set both with git config --global, then ${RUN}`;
  }
  // Forced, because a person's own ignore rules must not make the commit smaller.
  const add = ['add', '--force', '--pathspec-from-file=-', '--pathspec-file-nul'];
  const added = await git(add, paths.join('\0'));
  if (added.failed) return `${firstLine(added.stderr)}. When that is fixed, ${RUN}`;
  const message = `Initial commit\n\nClean-Flask-Ts-Version: ${version}`;
  const committed = await git(['commit', '--quiet', '--message', message]);
  return committed.failed
    ? `${firstLine(committed.stderr)}. When that is fixed, ${RUN}`
    : undefined;
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
