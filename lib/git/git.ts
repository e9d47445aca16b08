import { execa } from 'execa';
import { childEnvironment } from '../process/child-environment.ts';

/** Runs git in a directory; a failure is part of the result. */
export function gitIn(directory: string) {
  return (args: readonly string[], input = '') =>
    execa('git', args, {
      cwd: directory,
      env: childEnvironment(process.env),
      extendEnv: false,
      input,
      reject: false,
      stripFinalNewline: false,
    });
}

export type Git = ReturnType<typeof gitIn>;

/** Why git has no author for a commit; undefined if it has one. */
export async function identityProblem(git: Git): Promise<string | undefined> {
  for (const identity of ['GIT_AUTHOR_IDENT', 'GIT_COMMITTER_IDENT']) {
    const known = await git(['-c', 'user.useConfigOnly=true', 'var', identity]);
    if (known.failed) {
      return 'git has no user.name and user.email. Set both with git config --global';
    }
  }
  return undefined;
}

/** The first line of what a program printed. */
export function firstLine(text: string): string {
  return text.trim().split('\n')[0] ?? '';
}
