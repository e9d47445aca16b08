import { asValue } from 'awilix';
import { beforeEach, describe, expect, it, type MockInstance, onTestFinished, vi } from 'vitest';
import { commands } from '../../../src/management/commands.ts';
import { runManagement } from '../../../src/management/run-management.ts';
import { useTestApp } from '../../support/test-app.ts';
import { createEmptyDatabase } from '../../support/test-database.ts';

const UNREACHABLE = { DATABASE_URL: 'postgresql://user:secret@127.0.0.1:1/nowhere' };

let log: MockInstance<typeof console.log>;
let error: MockInstance<typeof console.error>;

beforeEach(() => {
  log = vi.spyOn(console, 'log').mockReturnValue();
  error = vi.spyOn(console, 'error').mockReturnValue();
});

async function manage(
  args: string[],
  environment: NodeJS.ProcessEnv = UNREACHABLE,
  overrides?: Parameters<typeof runManagement>[2],
) {
  log.mockClear();
  error.mockClear();
  const status = await runManagement(args, environment, overrides);
  const [stdout, stderr] = [textOf(log), textOf(error)];
  return { status, stdout, stderr };
}

function textOf({ mock }: MockInstance<(...lines: unknown[]) => void>): string {
  return mock.calls.flat().map(String).join('\n');
}

describe('the command line', () => {
  it.each([['--help'], ['-h'], ['help']])('%s lists all commands', async (argument) => {
    const { status, stdout } = await manage([argument]);

    expect(status).toBe(0);
    for (const { name, description } of commands) {
      expect(stdout).toMatch(new RegExp(`^  ${name} +${description}$`, 'm'));
    }
  });

  it.each(commands)('$name has a help of its own', async ({ name, description, options = {} }) => {
    const { status, stdout } = await manage([name, '--help']);

    expect(status).toBe(0);
    expect(stdout).toContain(`Usage: npm run manage -- ${name}`);
    expect(stdout).toContain(description);
    for (const option of Object.keys(options)) expect(stdout).toContain(`--${option}`);
  });

  it.each([
    [
      ['show_db_table'],
      'Unknown command "show_db_table". Available commands: activate-maintenance-mode, ' +
        'deactivate-maintenance-mode, show-db-tables, print-config, migrate-in-window',
    ],
    [
      ['activate-maintenance-mode', '--resaon', 'x'],
      'Unknown option "--resaon". See: activate-maintenance-mode --help',
    ],
    [
      ['activate-maintenance-mode', '--reason'],
      'The option --reason requires a value: --reason=TEXT. See: activate-maintenance-mode --help',
    ],
    [
      ['activate-maintenance-mode', '--reason', '--wait'],
      'The option --reason requires a value: --reason=TEXT. See: activate-maintenance-mode --help',
    ],
    [
      ['activate-maintenance-mode', '--wait=no'],
      'The option --wait takes no value. See: activate-maintenance-mode --help',
    ],
    [['print-config', '--wait'], 'Unknown option "--wait". See: print-config --help'],
    [['print-config', '--constructor'], 'Unknown option "--constructor". See: print-config --help'],
    [['print-config', '-w'], 'Unknown option "-w". See: print-config --help'],
    [['print-config', 'now'], 'Unexpected argument "now". See: print-config --help'],
    [['print-config', '--', '--wait'], 'Unexpected argument "--wait". See: print-config --help'],
  ])('refuses %j', async (args, message) => {
    expect(await manage(args)).toEqual({
      status: 2,
      stdout: '',
      stderr: expect.stringContaining(message) as string,
    });
  });

  it('needs a command', async () => {
    const { status, stderr } = await manage([]);

    expect(status).toBe(2);
    expect(stderr).toMatch(/^Missing command\n\nUsage: /);
  });
});

describe('what cannot be done', () => {
  it('names invalid variables', async () => {
    expect(await manage(['print-config'], { PORT: 'http' })).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'Invalid environment variables: DATABASE_URL is required; ' +
        'PORT must be an integer from 0 to 65535 (got "http")',
    });
  });

  it.each([
    'activate-maintenance-mode',
    'deactivate-maintenance-mode',
    'show-db-tables',
    'migrate-in-window',
  ])('%s says in one line that the database cannot be reached', async (name) => {
    expect(await manage([name])).toEqual({
      status: 1,
      stdout: '',
      stderr: 'The database cannot be reached',
    });
  });
});

it('migrate-in-window says where it runs when the Prisma CLI is not installed', async () => {
  const withoutPrismaCli = { deployMigrations: asValue(undefined) };

  expect(await manage(['migrate-in-window'], UNREACHABLE, withoutPrismaCli)).toEqual({
    status: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /^The Prisma CLI is not installed here\. .+--target migrate/,
    ) as string,
  });
});

it('says that the migrations are to be applied first', async () => {
  const database = await createEmptyDatabase();
  onTestFinished(() => database.close());

  expect(await manage(['activate-maintenance-mode'], { DATABASE_URL: database.url })).toEqual({
    status: 1,
    stdout: '',
    stderr: 'A table is missing: apply the migrations',
  });
});

describe('on a database', () => {
  const app = useTestApp();

  function run(...args: string[]) {
    return manage(args, {
      DATABASE_URL: app().container.cradle.config.database.url,
      MAINTENANCE_POLL_MS: '30',
      HANDLER_TIMEOUT_MS: '470',
      DATABASE_STATEMENT_TIMEOUT_MS: '500',
    });
  }

  function context() {
    return app().container.cradle.serviceContextService.get();
  }

  it.each([
    ['activate-maintenance-mode', 'deactivate-maintenance-mode'],
    ['activate_maintenance_mode', 'deactivate_maintenance_mode'],
  ])('%s opens the window, and %s closes it', async (activate, deactivate) => {
    expect(await run(activate, '--reason', 'New disks')).toEqual({
      status: 0,
      stdout: 'The maintenance window is open.',
      stderr: '',
    });
    expect(await context()).toMatchObject({ maintenance: true, reason: 'New disks' });

    expect(await run(deactivate)).toEqual({
      status: 0,
      stdout: 'The maintenance window is closed.',
      stderr: '',
    });
    expect(await context()).toMatchObject({ maintenance: false, reason: null });
  });

  it('activate-maintenance-mode --wait ends after the drain bound', async () => {
    const start = performance.now();
    const { status, stdout } = await run('activate-maintenance-mode', '--wait');

    expect(performance.now() - start).toBeGreaterThan(990);
    expect(status).toBe(0);
    expect(stdout).toContain('Waiting 1000 ms for requests in flight.');
  });

  it('refuses a reason that is too long', async () => {
    const { status, stderr } = await run('activate-maintenance-mode', '--reason', 'x'.repeat(501));

    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'A reason has 1 to 500 characters',
    });
  });

  it.each(['show-db-tables', 'show_db_tables'])(
    '%s prints the names of the tables',
    async (name) => {
      const { status, stdout } = await run(name);

      expect(status).toBe(0);
      expect(stdout.split('\n')).toEqual(stdout.split('\n').toSorted());
      expect(stdout.split('\n')).toEqual(
        expect.arrayContaining(['_prisma_migrations', 'service_context']),
      );
    },
  );
});

it.each(['print-config', 'print_config'])('%s masks secrets', async (name) => {
  const environment = {
    ...UNREACHABLE,
    PORT: '8080',
    SERVICE_CONTEXT_TOKEN: 'a-secret-token-0123',
    DIRECT_DATABASE_URL: 'postgresql://owner:secret@127.0.0.1/none',
  };
  const { status, stdout } = await manage([name], environment);

  expect(status).toBe(0);
  expect(stdout.split('\n')).toEqual(
    expect.arrayContaining([
      'DATABASE_URL=********',
      'DIRECT_DATABASE_URL=********',
      'PORT=8080',
      'SERVICE_CONTEXT_TOKEN=********',
    ]),
  );
  expect(stdout).not.toContain('secret');
});
