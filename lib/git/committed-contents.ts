import { gitIn } from './git.ts';

/** The contents of a file in the last commit; undefined where there is none. */
export async function committedContents(
  directory: string,
  path: string,
): Promise<string | undefined> {
  const { failed, stdout } = await gitIn(directory)(['show', `HEAD:./${path}`]);
  return failed ? undefined : stdout;
}
