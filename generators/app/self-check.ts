import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { GeneratorError } from './errors.ts';
import { exitStatus, type ExitStatus } from './exit-status.ts';
import { installHint } from './install-hints.ts';
import { type PackageManager, packageManagers } from './package-managers.ts';
import { runCommand, type Workplace } from './run-command.ts';
import type { Step } from './run-steps.ts';

const TAIL_LINES = 40;

/** Where a service is proved, and by what. */
export interface Proof extends Workplace {
  readonly manager: PackageManager;
  readonly inWorkspace: boolean;
  /** What to type to continue after a failure. */
  readonly resume: string;
}

/** Installs the dependencies of the made service. */
export function installStep(proof: Proof): Step {
  return {
    name: 'install',
    title: 'Installing dependencies',
    run: async () => {
      const { folder, manager, inWorkspace } = proof;
      const { lock, install, installInWorkspace } = packageManagers[manager];
      // Without a lock Yarn takes the service for a part of any package further up.
      if (manager === 'yarn' && !inWorkspace) closeSync(openSync(join(folder, lock), 'a'));
      await run(inWorkspace ? installInWorkspace : install, proof, exitStatus.installFailed);
      return 'dependencies installed';
    },
  };
}

/**
 * Proves that the made service works, by its own commands.
 *
 * @param onDatabase is told what the tests ran on
 */
export function checkSteps(proof: Proof, onDatabase: (name: string) => void): Step[] {
  const check = (script: string) => run(['run', script], proof, exitStatus.checkFailed);
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

async function run(args: readonly string[], proof: Proof, status: ExitStatus): Promise<string> {
  const { failed, output, reason } = await runCommand(proof.manager, args, proof);
  if (!failed) return output;
  throw new GeneratorError(status, {
    reason,
    output: output.trimEnd().split('\n').slice(-TAIL_LINES).join('\n'),
    hint: [
      ...(status === exitStatus.installFailed ? [installHint(output)] : []),
      `The files stay in ${proof.folder}. All output is in ${proof.log}.`,
      `When the cause is mended, continue with: ${proof.resume}`,
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
