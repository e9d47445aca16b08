import { GeneratorError } from './errors.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { installHint } from './install-hints.ts';
import { runCommand, type Workplace } from './run-command.ts';
import type { Step } from './run-steps.ts';

const TAIL_LINES = 40;

/** Installs the dependencies of the made service. */
export function installStep(workplace: Workplace): Step {
  return {
    name: 'install',
    title: 'Installing dependencies',
    run: async () => {
      await npm(['ci'], workplace, exitStatus.installFailed);
      return 'dependencies installed';
    },
  };
}

/**
 * Proves that the made service works, by its own commands.
 *
 * @param onDatabase is told what the tests ran on
 */
export function checkSteps(workplace: Workplace, onDatabase: (name: string) => void): Step[] {
  const check = (script: string) => npm(['run', script], workplace, exitStatus.checkFailed);
  return [
    {
      name: 'generate',
      title: 'Generating the Prisma client',
      run: async () => {
        await check('db:generate');
        return 'Prisma client generated';
      },
    },
    {
      name: 'lint',
      title: 'Linting',
      run: async () => {
        await check('lint:style');
        await check('lint:layers');
        return 'lint passed';
      },
    },
    {
      name: 'types',
      title: 'Checking types',
      run: async () => {
        await check('type-check');
        return 'type-check passed';
      },
    },
    {
      name: 'test',
      title: 'Running the tests',
      run: async () => {
        const database = testDatabase(await check('test'));
        onDatabase(database);
        return `tests passed on ${database}`;
      },
    },
  ];
}

async function npm(
  args: readonly string[],
  workplace: Workplace,
  status: ExitStatus,
): Promise<string> {
  const { failed, output, reason } = await runCommand('npm', args, workplace);
  if (!failed) return output;
  throw new GeneratorError(status, {
    reason,
    output: output.trimEnd().split('\n').slice(-TAIL_LINES).join('\n'),
    hint: [
      ...(status === exitStatus.installFailed ? [installHint(output)] : []),
      `The files stay in ${workplace.folder}. All output is in ${workplace.log}.`,
      `When the cause is mended, continue with: ${workplace.resume}`,
    ]
      .filter((line) => line !== undefined)
      .join('\n'),
  });
}

/** The database that a test run names in its output. */
export function testDatabase(output: string): string {
  const [, database] = /^Test database: (.+)$/m.exec(output) ?? [];
  if (database !== undefined) return database.trim();
  throw new GeneratorError(exitStatus.checkFailed, {
    reason: 'The tests passed without naming the database that they ran on.',
    hint: 'A line that starts with "Test database: " is missing from the output of npm test.',
  });
}
