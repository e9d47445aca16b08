import { execa } from 'execa';
import { childEnvironment } from '../process/child-environment.ts';

/** The contents of a file in the last commit; undefined where there is none. */
export async function committedContents(
  directory: string,
  path: string,
): Promise<string | undefined> {
  const { failed, stdout } = await execa('git', ['show', `HEAD:./${path}`], {
    cwd: directory,
    env: childEnvironment(process.env),
    extendEnv: false,
    reject: false,
    stripFinalNewline: false,
  });
  return failed ? undefined : stdout;
}
