import { relative } from 'node:path';
import {
  type PackageManager,
  packageManagers,
  runScript,
} from '../../lib/package-manager/package-managers.ts';
import type { NextCommand } from '../../lib/run/generator.ts';
import type { AppContext } from './options.ts';

/** What can be typed after a run, from where it was started. */
export function nextCommands(context: AppContext): NextCommand[] {
  const { values, shared, target } = context;
  const { packageManager, example, port, prefix } = values;
  const base = `http://localhost:${port}${prefix}`;
  const commands = [
    `cd ${relative(process.cwd(), target.directory) || '.'}`,
    ...(isLockNew(context) ? lockCommands(packageManager) : []),
    ...(shared.skipInstall ? [installCommand(context)] : []),
  ];
  return [
    ...commands.map((command) => ({ command })),
    {
      command: runScript(packageManager, 'dev'),
      comment: `${base}${example ? '/v1/todo' : '/health/live'} and ${base}/docs`,
    },
    { command: runScript(packageManager, 'test') },
  ];
}

// npm's lock file is rendered, so the first commit contains it.
function isLockNew({ values, shared, target }: AppContext): boolean {
  const { skipInstall, git } = shared;
  return values.packageManager !== 'npm' && target.workspace === undefined && !skipInstall && git;
}

function installCommand({ values, target }: AppContext): string {
  const { packageManager } = values;
  if (target.workspace === undefined) return packageManagers[packageManager].localInstall;
  return [packageManager, ...packageManagers[packageManager].relock].join(' ');
}

function lockCommands(manager: PackageManager): string[] {
  return [
    `git add ${packageManagers[manager].lock}`,
    `git commit --message "Lock the dependencies"`,
  ];
}
