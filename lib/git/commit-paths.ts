import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RUN_DIRECTORY } from '../files/run-directory.ts';
import { firstLine, gitIn } from './git.ts';

/**
 * Commits what was done to some paths, and nothing else; ignored files are left out. Hooks do not run
 * and nothing is signed: both may ask the user, or fail for a reason that has nothing to do with the
 * change.
 *
 * @param paths of files in the directory, present or removed
 * @returns the short name of the commit; undefined when there is nothing to commit
 */
export async function commitPaths(
  directory: string,
  paths: readonly string[],
  message: string,
): Promise<string | undefined> {
  const git = gitIn(directory);
  const run = async (args: readonly string[], input = '') => {
    const { failed, stdout, stderr } = await git(args, input);
    if (failed) throw new Error(firstLine(stderr) || `git ${args[0] ?? ''} failed`);
    return stdout.trim();
  };
  const tracked = new Set((await run(['ls-files', '-z', '--', '.'])).split('\0'));
  const ignored = (await git(['check-ignore', '-z', '--stdin'], paths.join('\0'))).stdout.split(
    '\0',
  );
  const present = paths.filter(
    (path) => existsSync(join(directory, path)) && !ignored.includes(path),
  );
  const removed = paths.filter((path) => !present.includes(path) && tracked.has(path));
  const named = ['--pathspec-from-file=-', '--pathspec-file-nul'];
  if (present.length > 0) {
    await run(['--literal-pathspecs', 'add', ...named], present.join('\0'));
  }
  const changes = [
    '--literal-pathspecs',
    'diff-index',
    '--quiet',
    'HEAD',
    '--',
    ...present,
    ...removed,
  ];
  if (!(await git(changes)).failed) return undefined;
  // A folder that does not exist has no hooks.
  const settings = ['-c', `core.hooksPath=${join(RUN_DIRECTORY, 'no-hooks')}`];
  const commit = ['commit', '--quiet', '--only', '--no-gpg-sign', '--cleanup=verbatim'];
  await run(
    ['--literal-pathspecs', ...settings, ...commit, '--message', message, ...named],
    [...present, ...removed].join('\0'),
  );
  return run(['rev-parse', '--short', 'HEAD']);
}
