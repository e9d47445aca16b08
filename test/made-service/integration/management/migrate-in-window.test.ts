import { asValue } from 'awilix';
import { expect, it, onTestFinished, vi } from 'vitest';
import { MigrationFiles } from '../../../src/infrastructure/databases/migration-files.ts';
import { runManagement } from '../../../src/management/run-management.ts';
import {
  applied,
  createDeployment,
  type Deployment,
  isInMaintenance,
  tables,
} from '../../support/deployment.ts';
import { query } from '../../support/query.ts';
import { createEmptyDatabase } from '../../support/test-database.ts';

it('applies pending migrations while the window is open, and opens none without them', async () => {
  const service = await createDeployment();
  await service.write(
    '3_seen',
    'CREATE TABLE seen AS SELECT maintenance, reason FROM service_context;',
  );

  expect(await service.manage(['migrate-in-window'])).toEqual({
    status: 0,
    output: [
      'The maintenance window is open.',
      'Waiting 600 ms for requests in flight.',
      'The maintenance window is closed.',
      '',
    ].join('\n'),
  });
  expect(await service.query('SELECT * FROM seen')).toEqual([
    { maintenance: true, reason: 'Database migration (migrate-in-window)' },
  ]);
  expect(await isInMaintenance(service)).toBe(false);
  expect(await service.manage(['migrate_in_window'])).toEqual({
    status: 0,
    output: 'No pending migrations.\n',
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

  const { status, output } = await service.manage(['migrate-in-window']);

  expect({ status, output }).toMatchObject({ status: 3 });
  expect(output).toMatch(/division by zero[^]+back: 3_c\nUndone: 3_b\nUndone: 3_a\n.+closed/);
  expect(await tables(service, 'a', 'b', 'c', 'd')).toEqual([]);
  expect(await applied(service)).toEqual([]);
  expect(await isInMaintenance(service)).toBe(false);

  await service.write('3_c', 'CREATE TABLE d ();');
  expect(await service.manage(['migrate-in-window'])).toMatchObject({ status: 0 });
  expect(await tables(service, 'a', 'b', 'c', 'd')).toEqual(['a', 'b', 'c', 'd']);
});

it('stays in maintenance when a down.sql is missing, and the printed commands fix it', async () => {
  const service = await createDeployment();
  await service.write('3_a', 'CREATE TABLE a ();');
  await service.write('3_b', 'CREATE TABLE b ();', 'DROP TABLE b;');
  await service.write('3_c', 'SELECT 1 / 0;');

  const { status, output } = await service.manage(['migrate-in-window']);

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

  const { status, output } = await service.manage(['migrate-in-window']);

  expect({ status, output }).toMatchObject({ status: 4 });
  expect(output).toContain('Cannot undo 3_b: relation "_prisma_migrations" does not exist');
  expect(output).not.toContain('resolve --rolled-back 3_c');
  expect(await applied(service)).toEqual(['3_a', '3_b']);
  expect(await tables(service, 'a', 'b')).toEqual(['a', 'b']);
  expect(await isInMaintenance(service)).toBe(true);
});

it('requires manual intervention when part of the failed migration may have been applied', async () => {
  const service = await createDeployment();
  await service.write('3_a', 'BEGIN; CREATE TABLE a (); COMMIT; SELECT 1 / 0;', 'DROP TABLE a;');

  const { status, output } = await service.manage(['migrate-in-window']);

  expect({ status, output }).toMatchObject({ status: 4 });
  expect(output).toContain('3_a controls transactions itself');
  expect(output).toContain('Manual intervention required');
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
    const { status, output } = await service.manage(['migrate-in-window']);

    expect({ status, output }).toMatchObject({ status: expected });
    expect(output).toContain('The maintenance window stays open, as before.');
    expect(await service.query('SELECT maintenance, reason FROM service_context')).toEqual([
      { maintenance: true, reason: 'New disks' },
    ]);
  }
});

// What a run leaves behind that is killed while a migration is being applied.
it('reports a migration that did not finish, and does nothing', async () => {
  const service = await createDeployment();
  await service.write('3_a', 'CREATE TABLE a ();', 'DROP TABLE a;');
  await service.query(
    `INSERT INTO _prisma_migrations (id, checksum, migration_name)
     VALUES ('00000000-0000-0000-0000-000000000000', '', '3_a')`,
  );

  const { status, output } = await service.manage(['migrate-in-window']);

  expect({ status, output }).toMatchObject({ status: 4 });
  expect(output).toMatch(/^3_a, started at .+Z, failed or was killed before it finished\.$/m);
  expect(output).toContain('npm run prisma -- migrate resolve --applied 3_a');
  expect(await tables(service, 'a')).toEqual([]);

  expect((await service.prisma('migrate resolve --rolled-back 3_a')).status).toBe(0);
  expect((await service.manage(['migrate-in-window'])).status).toBe(0);
  expect(await tables(service, 'a')).toEqual(['a']);
});

it('migrates a database that has no table yet, without a window', async () => {
  const service = await createDeployment();
  const empty = await createEmptyDatabase();
  onTestFinished(() => empty.close());

  const result = await service.manage(['migrate-in-window'], { DATABASE_URL: empty.url });

  expect(result).toMatchObject({ status: 0 });
  expect(await query(empty.url, 'SELECT maintenance FROM service_context')).toEqual([
    { maintenance: false },
  ]);
});

it('says where to run it when there are no migrations', async () => {
  const error = vi.spyOn(console, 'error').mockReturnValue();
  const overrides = { migrationFiles: asValue(new MigrationFiles('nowhere')) };

  expect(
    await runManagement(
      ['migrate-in-window'],
      { DATABASE_URL: 'postgresql://nobody@127.0.0.1:1/none' },
      overrides,
    ),
  ).toBe(1);
  expect(error.mock.calls).toEqual([[expect.stringContaining('has no prisma/migrations')]]);
});

/** Runs the printed commands in their order. */
async function follow(service: Deployment, advice: string): Promise<void> {
  for (const [, command = ''] of advice.matchAll(/^ {5}(.+)$/gm)) {
    const [, sql] = /^echo "(.+)" \|/.exec(command) ?? [];
    const [, prisma = ''] = /npm run prisma -- (.+)$/.exec(command) ?? [];
    const [, manage] = /npm run manage -- (.+)$/.exec(command) ?? [];
    if (sql !== undefined) await service.query(sql);
    else if (manage !== undefined) await service.manage(manage.split(' '));
    else await service.prisma(prisma);
  }
}
