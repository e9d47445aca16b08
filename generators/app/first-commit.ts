import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { childEnvironment } from './child-environment.ts';
import { version } from './package-root.ts';

/**
 * Makes a repository with one commit that holds exactly the given files. Says what it did, and when
 * it did less, why.
 */
export async function firstCommit(folder: string, paths: readonly string[]): Promise<string> {
  const repository = enclosingRepository(folder);
  if (repository !== undefined) return `no git repository made: ${repository} is one`;
  const git = gitIn(folder);
  if ((await git(['--version'])).failed) return 'no git repository made: git was not found';
  const init = await git(['init', '--quiet', '--initial-branch=main']);
  if (init.failed) return `no git repository made: ${firstLine(init.stderr)}`;
  const problem = await commit(git, paths);
  return problem === undefined
    ? `git repository made, with one commit of ${paths.length} files`
    : `git repository made, without a commit: ${problem}`;
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

async function commit(git: Git, paths: readonly string[]): Promise<string | undefined> {
  for (const identity of ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT']) {
    const known = await git(['-c', 'user.useConfigOnly=true', 'var', identity]);
    if (known.failed) return 'git knows no user.name and user.email';
  }
  // Forced, because a person's own ignore rules must not make the commit smaller.
  const add = ['add', '--force', '--pathspec-from-file=-', '--pathspec-file-nul'];
  const added = await git(add, paths.join('\0'));
  if (added.failed) return firstLine(added.stderr);
  const message = `Initial commit\n\nClean-Flask-Ts-Version: ${version}`;
  const committed = await git(['commit', '--quiet', '--message', message]);
  return committed.failed ? firstLine(committed.stderr) : undefined;
}

function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}

function enclosingRepository(folder: string): string | undefined {
  if (existsSync(join(folder, '.git'))) return folder;
  const parent = dirname(folder);
  return parent === folder ? undefined : enclosingRepository(parent);
}
