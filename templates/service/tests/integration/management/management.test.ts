import { beforeEach, describe, expect, it, type MockInstance, onTestFinished, vi } from 'vitest';
import { commands } from '../../../src/management/commands.ts';
import { runManagement } from '../../../src/management/run-management.ts';
import { startManagement } from '../../support/management-process.ts';
import { serviceFolder } from '../../support/run-prisma.ts';
import { useTestApp } from '../../support/test-app.ts';
import { createEmptyDatabase } from '../../support/test-database.ts';

const UNREACHABLE = { DATABASE_URL: 'postgresql://user:secret@127.0.0.1:1/nowhere' };

let log: MockInstance<typeof console.log>;
let error: MockInstance<typeof console.error>;

beforeEach(() => {
  log = vi.spyOn(console, 'log').mockReturnValue();
  error = vi.spyOn(console, 'error').mockReturnValue();
});

async function manage(args: string[], environment: NodeJS.ProcessEnv = UNREACHABLE) {
  log.mockClear();
  error.mockClear();
  const status = await runManagement(args, environment);
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
      'There is no command "show_db_table". There are: activate-maintenance-mode, ' +
        'deactivate-maintenance-mode, show-db-tables, print-config, migrate-in-window',
    ],
    [
      ['activate-maintenance-mode', '--resaon', 'x'],
      'There is no option of activate-maintenance-mode "--resaon". There are: --reason, --wait',
    ],
    [
      ['activate-maintenance-mode', '--reason'],
      "Option '--reason <value>' argument missing. See: activate-maintenance-mode --help",
    ],
    [['print-config', '--wait'], 'There is no option of print-config "--wait". It has none'],
    [['print-config', 'now'], "Unexpected argument 'now'. See: print-config --help"],
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
    expect(stderr).toMatch(/^A command is missing\n\nUsage: /);
  });
});

describe('what cannot be done', () => {
  it('names the variables that are not acceptable', async () => {
    expect(await manage(['print-config'], { PORT: 'secret' })).toEqual({
      status: 1,
      stdout: '',
      stderr: 'The environment is not acceptable: DATABASE_URL is required; PORT must be integer',
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

it('says that the migrations are to be applied first', async () => {
  const database = await createEmptyDatabase();
  onTestFinished(() => database.close());

  expect(await manage(['activate-maintenance-mode'], { DATABASE_URL: database.url })).toEqual({
    status: 1,
    stdout: '',
    stderr: 'There is no table service_context: apply the migrations',
  });
});

describe('on a database', () => {
  const app = useTestApp();

  function run(...args: string[]) {
    const { DATABASE_URL } = app().container.cradle.config;
    return manage(args, {
      DATABASE_URL,
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
    expect(stdout).toContain('Waiting 1000 ms until no instance works on a request any more.');
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
  };
  const { status, stdout } = await manage([name], environment);

  expect(status).toBe(0);
  expect(stdout.split('\n')).toEqual(
    expect.arrayContaining([
      'DATABASE_URL=********',
      'PORT=8080',
      'SERVICE_CONTEXT_TOKEN=********',
    ]),
  );
  expect(stdout).not.toContain('secret');
});

it.each(['print-config', '--help'])('%s ends well when nobody reads on', async (argument) => {
  const management = startManagement([argument], serviceFolder, UNREACHABLE);
  management.stopReading();

  expect({ status: await management.exit, output: management.output() }).toEqual({
    status: 0,
    output: '',
  });
});
