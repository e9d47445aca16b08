import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';
import { expect, it, onTestFinished } from 'vitest';
import { startManagement } from '../support/programs.ts';
import { serviceFolder } from '../support/run-prisma.ts';
import { createTestDatabase } from '../support/test-database.ts';

/** A folder with the migrations of the service, and a database that they are applied to. */
async function createDeployment() {
  const folder = await mkdtemp(path.join(tmpdir(), 'deployment-'));
  const database = await createTestDatabase();
  const client = new Client({ connectionString: database.url });
  await client.connect();
  onTestFinished(async () => {
    await client.end();
    await database.close();
    await rm(folder, { recursive: true });
  });
  const migrations = path.join(folder, 'prisma', 'migrations');
  await cp(path.join(serviceFolder, 'prisma'), path.join(folder, 'prisma'), { recursive: true });
  const configuration = pathToFileURL(path.join(serviceFolder, 'prisma.config.ts')).href;
  await writeFile(
    path.join(folder, 'prisma.config.ts'),
    `export { default } from ${JSON.stringify(configuration)};\n`,
  );
  return {
    async migrateInWindow() {
      const command = startManagement(['migrate-in-window'], folder, {
        DATABASE_URL: database.url,
        MAINTENANCE_POLL_MS: '50',
        HANDLER_TIMEOUT_MS: '50',
        DATABASE_STATEMENT_TIMEOUT_MS: '500',
      });
      return { status: await command.exit, output: command.output() };
    },
    async write(migration: string, script: string, down: string) {
      const target = path.join(migrations, migration);
      await mkdir(target);
      await writeFile(path.join(target, 'migration.sql'), script);
      await writeFile(path.join(target, 'down.sql'), down);
    },
    query: async (sql: string) => (await client.query<Record<string, unknown>>(sql)).rows,
  };
}

it('migrate-in-window applies migrations while the maintenance window is open', async () => {
  const service = await createDeployment();
  await service.write(
    '3_seen',
    'CREATE TABLE _seen AS SELECT maintenance FROM service_context;',
    'DROP TABLE _seen;',
  );

  expect(await service.migrateInWindow()).toMatchObject({ status: 0 });
  expect(await service.query('SELECT maintenance FROM _seen')).toEqual([{ maintenance: true }]);
  expect(await service.query('SELECT maintenance FROM service_context')).toEqual([
    { maintenance: false },
  ]);
});

it('migrate-in-window undoes what it applied when a migration fails', async () => {
  const service = await createDeployment();
  await service.write('3_a', 'CREATE TABLE _a ();', 'DROP TABLE _a;');
  await service.write('3_b', 'CREATE TABLE _b (); SELECT 1 / 0;', 'DROP TABLE _b;');

  const { status, output } = await service.migrateInWindow();

  expect({ status, output }).toMatchObject({ status: 3 });
  expect(output).toMatch(/division by zero[^]+back: 3_b\nUndone: 3_a\n.+closed/);
  expect(await service.query("SELECT 1 FROM pg_tables WHERE tablename IN ('_a', '_b')")).toEqual(
    [],
  );
  expect(await service.query('SELECT maintenance FROM service_context')).toEqual([
    { maintenance: false },
  ]);
});
