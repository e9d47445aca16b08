import { cp } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { startManagement } from '../support/management-process.ts';
import { createPrismaProject } from '../support/prisma-project.ts';
import { type PrismaResult, serviceFolder } from '../support/run-prisma.ts';
import { createEmptyDatabase, createTestDatabase } from '../support/test-database.ts';

vi.setConfig({ testTimeout: 120_000 });

/** A service with its migrations, applied to a database of its own. */
async function createDeployment() {
  const [project, database] = await Promise.all([createPrismaProject(), createTestDatabase()]);
  onTestFinished(async () => {
    await Promise.all([project.remove(), database.close()]);
  });
  const migrations = path.join('prisma', 'migrations');
  await cp(path.join(serviceFolder, migrations), path.join(project.folder, migrations), {
    recursive: true,
  });
  const environment = {
    DATABASE_URL: database.url,
    MAINTENANCE_POLL_MS: '50',
    HANDLER_TIMEOUT_MS: '50',
    DATABASE_STATEMENT_TIMEOUT_MS: '500',
  };
  const start = (args: string[], changes: NodeJS.ProcessEnv = {}) =>
    startManagement(args, project.folder, { ...environment, ...changes });
  return {
    start,
    async manage(...args: string[]) {
      const command = start(args);
      return { status: await command.exit, output: command.output() };
    },
    prisma: (command: string): Promise<PrismaResult> => project.prisma(command, environment),
    /** Writes a migration, with or without what undoes it. */
    async write(name: string, migration: string, down?: string) {
      await project.write(`migrations/${name}/migration.sql`, migration);
      if (down !== undefined) await project.write(`migrations/${name}/down.sql`, down);
    },
    query: (sql: string) => query(database.url, sql),
    /** Holds up BLOCKED until the function that it returns is called. */
    async block(): Promise<() => Promise<void>> {
      const client = new Client({ connectionString: database.url });
      await client.connect();
      await client.query('CREATE TABLE gate (); COMMIT; BEGIN; LOCK TABLE gate');
      return () => client.end();
    },
  };
}

type Deployment = Awaited<ReturnType<typeof createDeployment>>;

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function isInMaintenance({ query }: Deployment): Promise<boolean> {
  const [row] = await query('SELECT maintenance FROM service_context');
  return (row as { maintenance: boolean }).maintenance;
}

/** The migrations of a test, as far as they are applied or have failed. */
async function applied({ query }: Deployment): Promise<unknown[]> {
  const rows = await query(
    `SELECT migration_name FROM _prisma_migrations
     WHERE rolled_back_at IS NULL AND migration_name > '3' ORDER BY migration_name`,
  );
  return rows.map((row) => (row as { migration_name: string }).migration_name);
}

async function tables({ query }: Deployment, ...names: string[]): Promise<string[]> {
  const rows = await query('SELECT tablename FROM pg_tables');
  const all = new Set(rows.map((row) => (row as { tablename: string }).tablename));
  return names.filter((name) => all.has(name));
}

describe('migrate-in-window', () => {
  it('applies what is pending while the window is open, and opens none for nothing', async () => {
    const service = await createDeployment();
    await service.write(
      '3_seen',
      'CREATE TABLE seen AS SELECT maintenance, reason FROM service_context;',
    );

    const { status, output } = await service.manage('migrate-in-window');

    expect({ status, output }).toMatchObject({ status: 0 });
    expect(await service.query('SELECT * FROM seen')).toEqual([
      { maintenance: true, reason: 'Database migration (migrate-in-window)' },
    ]);
    expect(await isInMaintenance(service)).toBe(false);
    expect(await service.manage('migrate_in_window')).toEqual({
      status: 0,
      output: 'No migration is pending.\n',
    });
  });

  it('undoes what it applied when a migration fails, newest first, and applies it once it is corrected', async () => {
    const service = await createDeployment();
    await service.write('3_a', 'CREATE TABLE a (id int PRIMARY KEY);', 'DROP TABLE a;');
    await service.write(
      '3_b',
      'CREATE TABLE b (id int REFERENCES a); CREATE TABLE c ();',
      'DROP TABLE c; DROP TABLE b;',
    );
    await service.write('3_c', 'CREATE TABLE d (); SELECT 1 / 0;', 'DROP TABLE d;');

    const { status, output } = await service.manage('migrate-in-window');

    expect({ status, output }).toMatchObject({ status: 3 });
    expect(output).toMatch(/division by zero[^]+back: 3_c\nUndone: 3_b\nUndone: 3_a\n.+closed/);
    expect(await tables(service, 'a', 'b', 'c', 'd')).toEqual([]);
    expect(await applied(service)).toEqual([]);
    expect(await isInMaintenance(service)).toBe(false);

    await service.write('3_c', 'CREATE TABLE d ();');
    expect(await service.manage('migrate-in-window')).toMatchObject({ status: 0 });
    expect(await tables(service, 'a', 'b', 'c', 'd')).toEqual(['a', 'b', 'c', 'd']);
  });

  it('stays in maintenance when a down.sql is missing, and the printed commands mend it', async () => {
    const service = await createDeployment();
    await service.write('3_a', 'CREATE TABLE a ();');
    await service.write('3_b', 'CREATE TABLE b ();', 'DROP TABLE b;');
    await service.write('3_c', 'SELECT 1 / 0;');

    const { status, output } = await service.manage('migrate-in-window');

    expect({ status, output }).toMatchObject({ status: 4 });
    expect(output).toContain('3_a has no down.sql');
    expect(await isInMaintenance(service)).toBe(true);
    expect(await applied(service)).toEqual(['3_a', '3_b', '3_c']);

    await service.write('3_a', 'CREATE TABLE a ();', 'DROP TABLE a;');
    await follow(service, output);
    expect(await tables(service, 'a', 'b')).toEqual([]);
    expect(await applied(service)).toEqual([]);
    expect(await isInMaintenance(service)).toBe(false);
  });

  it('stays in maintenance when undoing fails: a down.sql and its mark are one transaction', async () => {
    const service = await createDeployment();
    await service.write('3_a', 'CREATE TABLE a ();', 'DROP TABLE a;');
    await service.write(
      '3_b',
      'CREATE TABLE b ();',
      'DROP TABLE b; ALTER TABLE _prisma_migrations RENAME TO lost;',
    );
    await service.write('3_c', 'SELECT 1 / 0;');

    const { status, output } = await service.manage('migrate-in-window');

    expect({ status, output }).toMatchObject({ status: 4 });
    expect(output).toContain(
      '3_b could not be undone: relation "_prisma_migrations" does not exist',
    );
    expect(output).not.toContain('resolve --rolled-back 3_c');
    expect(await applied(service)).toEqual(['3_a', '3_b']);
    expect(await tables(service, 'a', 'b')).toEqual(['a', 'b']);
    expect(await isInMaintenance(service)).toBe(true);
  });

  it('leaves it to a person when a part of the failed migration may have stayed', async () => {
    const service = await createDeployment();
    await service.write('3_a', 'BEGIN; CREATE TABLE a (); COMMIT; SELECT 1 / 0;', 'DROP TABLE a;');

    const { status, output } = await service.manage('migrate-in-window');

    expect({ status, output }).toMatchObject({ status: 4 });
    expect(output).toContain('3_a controls transactions itself');
    expect(await tables(service, 'a')).toEqual(['a']);
    expect(await isInMaintenance(service)).toBe(true);
  });

  it('leaves a window open that was open before, whether it fails or not', async () => {
    const service = await createDeployment();
    await service.query("UPDATE service_context SET maintenance = true, reason = 'New disks'");

    for (const [migration, expected] of [
      ['SELECT 1 / 0;', 3],
      ['CREATE TABLE a ();', 0],
    ] as const) {
      await service.write('3_a', migration);
      const { status, output } = await service.manage('migrate-in-window');

      expect({ status, output }).toMatchObject({ status: expected });
      expect(output).toContain('The maintenance window stays open, as it was found.');
      expect(await service.query('SELECT maintenance, reason FROM service_context')).toEqual([
        { maintenance: true, reason: 'New disks' },
      ]);
    }
  });

  it('closes a window that a killed run left open', async () => {
    const service = await createDeployment();
    await service.write('3_a', 'CREATE TABLE a ();', 'DROP TABLE a;');
    const killed = service.start(['migrate-in-window'], { HANDLER_TIMEOUT_MS: '60000' });
    await until(() => killed.output().includes('Waiting 60550 ms'));
    killed.signal('SIGKILL');
    await killed.exit;
    expect(await isInMaintenance(service)).toBe(true);

    const { status, output } = await service.manage('migrate-in-window');

    expect({ status, output }).toMatchObject({ status: 0 });
    expect(output).toContain('Found: the maintenance window, left open');
    expect(await tables(service, 'a')).toEqual(['a']);
    expect(await isInMaintenance(service)).toBe(false);
  });

  // What a run leaves that is killed while a migration is applied.
  it('says what it found of a migration that did not end, and does nothing', async () => {
    const service = await createDeployment();
    await service.write('3_a', 'CREATE TABLE a ();', 'DROP TABLE a;');
    await service.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name)
       VALUES ('00000000-0000-0000-0000-000000000000', '', '3_a')`,
    );

    const { status, output } = await service.manage('migrate-in-window');

    expect({ status, output }).toMatchObject({ status: 4 });
    expect(output).toMatch(/^Found: 3_a, begun at .+Z, failed or was killed before it ended\.$/m);
    expect(output).toContain('npm run prisma -- migrate resolve --applied 3_a');
    expect(await tables(service, 'a')).toEqual([]);

    expect((await service.prisma('migrate resolve --rolled-back 3_a')).status).toBe(0);
    expect((await service.manage('migrate-in-window')).status).toBe(0);
    expect(await tables(service, 'a')).toEqual(['a']);
  });

  it('migrates a database that has no table yet, without a window', async () => {
    const service = await createDeployment();
    const empty = await createEmptyDatabase();
    onTestFinished(() => empty.close());

    const command = service.start(['migrate-in-window'], { DATABASE_URL: empty.url });

    expect({ status: await command.exit, output: command.output() }).toMatchObject({ status: 0 });
    expect(await query(empty.url, 'SELECT maintenance FROM service_context')).toEqual([
      { maintenance: false },
    ]);
  });

  it('a signal before the migrations closes the window again', async () => {
    const service = await createDeployment();
    await service.write('3_a', 'CREATE TABLE a ();', 'DROP TABLE a;');
    const command = service.start(['migrate-in-window'], { HANDLER_TIMEOUT_MS: '60000' });
    await until(() => command.output().includes('Waiting 60550 ms'));
    command.signal('SIGTERM');

    expect(await command.exit).toBe(143);
    expect(await tables(service, 'a')).toEqual([]);
    expect(await isInMaintenance(service)).toBe(false);
  });
});

// The embedded PostgreSQL has one session, in which locks do not conflict.
describe.skipIf(inject('testServer').kind === 'embedded')(
  'migrate-in-window on a database where another one is at work (needs locks between sessions)',
  () => {
    it('refuses while the other one waits for the requests in flight', async () => {
      const service = await createDeployment();
      await service.write('3_a', 'CREATE TABLE a ();');
      const first = service.start(['migrate-in-window'], { HANDLER_TIMEOUT_MS: '60000' });
      await until(() => first.output().includes('Waiting'));

      expect(await service.manage('migrate-in-window')).toEqual({
        status: 1,
        output: 'Another migrate-in-window is at work on this database: nothing was done.\n',
      });
      first.signal('SIGTERM');
      expect(await first.exit).toBe(143);
    });

    it('refuses while a killed one is still applied, and then says what it found', async () => {
      const service = await createDeployment();
      const release = await service.block();
      await service.write('3_a', BLOCKED);
      const first = service.start(['migrate-in-window']);
      await until(async () => (await applied(service)).length > 0);
      first.signal('SIGKILL');

      const { status, output } = await service.manage('migrate-in-window');
      expect({ status, output }).toMatchObject({ status: 1 });
      expect(output).toContain('Prisma is applying migrations to this database');

      await release();
      await until(async () => (await service.query(FINISHED)).length > 0);
      const next = await service.manage('migrate-in-window');
      expect(next).toEqual({
        status: 0,
        output: [
          'Found: the maintenance window, left open by a migrate-in-window that did not end.',
          'No migration is pending.',
          'The maintenance window is closed.',
          '',
        ].join('\n'),
      });
    });

    it('lets a migration end that a signal meets', async () => {
      const service = await createDeployment();
      const release = await service.block();
      await service.write('3_a', BLOCKED);
      const command = service.start(['migrate-in-window']);
      await until(async () => (await applied(service)).length > 0);
      command.signal('SIGTERM');
      await until(() => command.output().includes('SIGTERM: ending as soon as'));
      await release();

      expect(await command.exit).toBe(0);
      expect(await tables(service, 'a')).toEqual(['a']);
      expect(await isInMaintenance(service)).toBe(false);
    });
  },
);

/** A migration that waits for what `block` holds. */
const BLOCKED = 'LOCK TABLE gate; CREATE TABLE a ();';
const FINISHED = `SELECT 1 FROM _prisma_migrations WHERE migration_name = '3_a' AND finished_at IS NOT NULL`;

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  await vi.waitFor(
    async () => {
      expect(await condition()).toBe(true);
    },
    { timeout: 20_000, interval: 50 },
  );
}

/** Runs the commands that a person was told to run, in their order. */
async function follow(service: Deployment, advice: string): Promise<void> {
  for (const [, command = ''] of advice.matchAll(/^ {5}(.+)$/gm)) {
    const [, sql] = /^echo "(.+)" \|/.exec(command) ?? [];
    const [, prisma = ''] = /npm run prisma -- (.+)$/.exec(command) ?? [];
    const [, manage] = /npm run manage -- (.+)$/.exec(command) ?? [];
    if (sql !== undefined) await service.query(sql);
    else if (manage !== undefined) await service.manage(...manage.split(' '));
    else await service.prisma(prisma);
  }
}
