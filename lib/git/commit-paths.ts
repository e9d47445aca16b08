import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { RUN_DIRECTORY } from '../files/run-directory.ts';
import { firstLine, gitIn } from './git.ts';

/**
 * Commits what was done to some paths, and nothing else. Hooks do not run and nothing is signed: both
 * could refuse what no one has typed.
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
  const present = paths.filter((path) => existsSync(join(directory, path)));
  const removed = paths.filter((path) => !present.includes(path) && tracked.has(path));
  const named = ['--pathspec-from-file=-', '--pathspec-file-nul'];
  if (present.length > 0) {
    await run(['--literal-pathspecs', 'add', '--force', ...named], present.join('\0'));
  }
  const changes = ['diff-index', '--quiet', 'HEAD', '--', ...present, ...removed];
  if (!(await git(changes)).failed) return undefined;
  const settings = ['-c', `core.hooksPath=${join(RUN_DIRECTORY, 'no-hooks')}`];
  const commit = [
    'commit',
    '--quiet',
    '--only',
    '--no-verify',
    '--no-gpg-sign',
    '--cleanup=verbatim',
  ];
  await run(
    ['--literal-pathspecs', ...settings, ...commit, '--message', message, ...named],
    [...present, ...removed].join('\0'),
  );
  return run(['rev-parse', '--short', 'HEAD']);
}
