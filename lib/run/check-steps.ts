import { closeSync, existsSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { GeneratorError } from '../errors/generator-error.ts';
import { exitStatus, type ExitStatus } from '../errors/exit-status.ts';
import { installHint } from '../package-manager/install-hints.ts';
import { missingPackages, settingsThatLeaveOut } from '../package-manager/missing-packages.ts';
import { type PackageManager, packageManagers } from '../package-manager/package-managers.ts';
import { type ExecContext, runCommand } from '../process/run-command.ts';
import type { SharedValues } from '../options/shared-options.ts';
import type { Step, StepContext } from './steps.ts';

const TAIL_LINES = 40;
const SHOWN = 5;

/** The service to check, and how. */
export interface CheckContext extends Pick<ExecContext, 'folder' | 'log'> {
  readonly manager: PackageManager;
  readonly inWorkspace: boolean;
  /** Whether package.json asks for what the lock does not hold. */
  readonly isLockOutdated?: boolean;
  /** How to undo the run when the checks fail. */
  readonly wayBack?: string;
  /** The command line that continues the run after a failure. */
  readonly resume: string;
}

/**
 * The stages that install and check a service, as far as they are not skipped.
 *
 * @param onDatabase called with what the tests ran on
 */
export function checkStages(
  check: CheckContext,
  { skipInstall, skipCheck }: Pick<SharedValues, 'skipInstall' | 'skipCheck'>,
  onDatabase: (name: string) => void,
): Step[][] {
  if (skipInstall) return [];
  if (skipCheck) return [[installStep(check)]];
  return [[installStep(check)], [generateStep(check)], checkSteps(check, onDatabase)];
}

function installStep(check: CheckContext): Step {
  return {
    name: 'install',
    title: 'Installing dependencies',
    run: async ({ signal }) => {
      const { folder, manager, inWorkspace, isLockOutdated } = check;
      const { lock, install, relock } = packageManagers[manager];
      // Without a lock Yarn takes the service for a part of any package further up.
      if (manager === 'yarn' && !inWorkspace) closeSync(openSync(join(folder, lock), 'a'));
      const args = inWorkspace || isLockOutdated ? relock : install;
      await run(args, check, { signal }, exitStatus.installFailed);
      await refuseMissing(check, { signal });
      return 'dependencies installed';
    },
  };
}

/** Ends the run when an install that succeeded omitted what the service and its checks need. */
async function refuseMissing(check: CheckContext, running: Running): Promise<void> {
  const { manager, folder, log, resume } = check;
  const missing = missingPackages(folder);
  if (missing.length === 0) return;
  const list = missing.slice(0, SHOWN).join(', ');
  const more = missing.length > SHOWN ? ` and ${missing.length - SHOWN} more` : '';
  const config = ['config', 'list'];
  const settings =
    manager === 'npm'
      ? settingsThatLeaveOut((await runCommand('npm', config, { folder, log, ...running })).output)
      : [];
  const cause = settings.length > 0 ? settings.join(', ') : 'a setting that omits some of them';
  throw new GeneratorError(exitStatus.installFailed, {
    reason: `${manager} install succeeded, but omitted ${list}${more}.`,
    hint: [
      `The likely cause in the configuration of ${manager}: ${cause}.`,
      `Change it, then continue with: ${resume}`,
    ].join('\n'),
  });
}

/** Generates what linting, type-checking and the tests all need. */
function generateStep(check: CheckContext): Step {
  return {
    name: 'generate',
    title: 'Generating the Prisma client',
    run: async (context) => {
      await runScript('db:generate', check, context);
      return 'Prisma client generated';
    },
  };
}

/** Checks a service by its own commands, which do not depend on one another. */
function checkSteps(check: CheckContext, onDatabase: (name: string) => void): Step[] {
  return [
    {
      name: 'lint',
      title: 'Linting',
      run: async (context) => {
        await runScript('lint:style', check, context);
        await runScript('lint:layers', check, context);
        return 'lint passed';
      },
    },
    {
      name: 'types',
      title: 'Checking types',
      run: async (context) => {
        await runScript('type-check', check, context);
        return 'type-check passed';
      },
    },
    {
      name: 'test',
      title: 'Running the tests',
      run: async ({ signal, progress }) => {
        const onLine = testProgress(check.folder, progress);
        const database = testDatabase(await runScript('test', check, { signal, onLine }));
        onDatabase(database);
        return `tests passed on ${database}`;
      },
    },
  ];
}

type Running = Pick<ExecContext, 'signal' | 'onLine'>;

function runScript(script: string, check: CheckContext, { signal, onLine }: Running) {
  const listener = onLine && { onLine };
  return run(['run', script], check, { signal, ...listener }, exitStatus.checkFailed);
}

async function run(
  args: readonly string[],
  check: CheckContext,
  running: Running,
  status: ExitStatus,
): Promise<string> {
  const { manager, folder, log, resume, wayBack } = check;
  const context = { folder, log, ...running };
  const { failed, output, reason, logError } = await runCommand(manager, args, context);
  if (!failed) return output;
  const lines = output.trimEnd().split('\n');
  throw new GeneratorError(status, {
    reason,
    output: (logError === undefined ? lines.slice(-TAIL_LINES) : lines).join('\n'),
    hint: [
      ...(status === exitStatus.installFailed ? [installHint(output)] : []),
      logError === undefined
        ? `The files stay in ${folder}. All output is in ${log}.`
        : `The files stay in ${folder}. The output could not be logged: ${logError}.`,
      `When the cause is fixed, continue with: ${resume}`,
      ...(status === exitStatus.checkFailed ? [wayBack] : []),
    ]
      .filter((line) => line !== undefined)
      .join('\n'),
  });
}

/** Counts the finished test files in the output of a test run, and shows how many are done. */
export function testProgress(
  folder: string,
  progress: StepContext['progress'],
): (line: string) => void {
  const all = testFiles(folder).length;
  let done = 0;
  return (line) => {
    // How Vitest prints each finished file without a terminal.
    if (!/^ *[✓❯×↓] .*\.test\.ts /.test(line)) return;
    done += 1;
    progress(`${done} of ${all} files`);
  };
}

function testFiles(folder: string): string[] {
  const tests = join(folder, 'tests');
  if (!existsSync(tests)) return [];
  const files = readdirSync(tests, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.test.ts'));
}

/** The database that a test run names in its output. */
export function testDatabase(output: string): string {
  const [, database] = /^Test database: (.+)$/m.exec(output) ?? [];
  if (database !== undefined) return database.trim();
  throw new GeneratorError(exitStatus.checkFailed, {
    reason: 'The tests passed without naming the database that they ran on.',
    hint: 'A line that starts with "Test database: " is missing from the output of the test script.',
  });
}
