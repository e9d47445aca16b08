import { relative } from 'node:path';
import type { Answers } from '../../lib/options/resolve.ts';
import {
  type PackageManager,
  packageManagers,
  runScript,
} from '../../lib/package-manager/package-managers.ts';

/** What can be typed after a run, from where it was started. */
export function nextCommands(answers: Answers): string[] {
  const { target, skipInstall, packageManager } = answers;
  return [
    `cd ${relative(process.cwd(), target) || '.'}`,
    ...(isLockNew(answers) ? lockCommands(packageManager) : []),
    ...(skipInstall ? [installCommand(answers)] : []),
    ...['dev', 'test'].map((script) => runScript(packageManager, script)),
  ];
}

/** What a person can type after a run, what was not proved, and the command that repeats the run. */
export function nextSteps(answers: Answers, again: string): string {
  const { prefix, port, skipInstall, skipCheck, packageManager } = answers;
  const url = `http://localhost:${port}`;
  const endpoint = answers.example ? '/v1/todo' : '/health/live';
  return [
    '',
    ...unproved(skipInstall, skipCheck),
    'Next:',
    ...nextCommands(answers).map((command) =>
      command === runScript(packageManager, 'dev')
        ? `  ${command}    # ${url}${prefix}${endpoint} and ${url}${prefix}/docs`
        : `  ${command}`,
    ),
    '',
    `Again: ${again}`,
  ].join('\n');
}

// npm's lock is one of the files that were written, so the first commit holds it.
function isLockNew({ packageManager, workspace, skipInstall, git }: Answers): boolean {
  return packageManager !== 'npm' && workspace === undefined && !skipInstall && git;
}

function installCommand({ packageManager, workspace }: Answers): string {
  if (workspace === undefined) return packageManagers[packageManager].localInstall;
  return [packageManager, ...packageManagers[packageManager].installInWorkspace].join(' ');
}

function lockCommands(manager: PackageManager): string[] {
  return [
    `git add ${packageManagers[manager].lock}`,
    `git commit --message "Lock the dependencies"`,
  ];
}

function unproved(skipInstall: boolean, skipCheck: boolean): string[] {
  if (skipInstall) {
    return ['Nothing was installed, and nothing was proved: the files are only written.', ''];
  }
  return skipCheck ? ['Nothing was proved: the self-check was skipped.', ''] : [];
}
