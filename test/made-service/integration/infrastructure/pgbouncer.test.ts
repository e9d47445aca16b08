import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { createApp } from '../../../src/create-app.ts';
import { testConfig } from '../../support/test-config.ts';
import { createDeployment, isInMaintenance, tables } from '../../support/deployment.ts';
import { query } from '../../support/query.ts';
import { createTestDatabase } from '../../support/test-database.ts';

const MINUTE_MS = 60_000;
/** PgBouncer refuses to stay root. */
const USER = process.getuid?.() === 0 ? 'user = nobody\n' : '';

const TRANSACTION_MODE = 'pool_mode = transaction\ndefault_pool_size = 2';

const isAvailable =
  inject('testServer').kind !== 'embedded' && spawnSync('pgbouncer', ['--version']).status === 0;
if (!isAvailable) console.warn('Skipped: needs PgBouncer and a PostgreSQL server.');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** Starts PgBouncer, with the default of each other setting, in front of a database. */
async function startPgBouncer(databaseUrl: string, settings: string): Promise<string> {
  const { hostname, port, username, password, pathname } = new URL(databaseUrl);
  const name = pathname.slice(1);
  const ownPort = await freePort();
  const folder = await mkdtemp(path.join(tmpdir(), 'pgbouncer-'));
  const file = path.join(folder, 'pgbouncer.ini');
  await writeFile(
    file,
    `[databases]
${name} = host=${hostname} port=${port} user=${username} password=${decodeURIComponent(password)}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${ownPort}
unix_socket_dir =
auth_type = any
${settings}
${USER}`,
  );
  const pgBouncer = spawn('pgbouncer', [file], { stdio: ['ignore', 'ignore', 'pipe'] });
  onTestFinished(async () => {
    pgBouncer.kill('SIGKILL');
    await rm(folder, { recursive: true });
  });
  await started(pgBouncer);
  return `postgresql://${username}@127.0.0.1:${ownPort}/${name}`;
}

async function started(pgBouncer: ChildProcess): Promise<void> {
  let log = '';
  for await (const text of pgBouncer.stderr ?? []) {
    log += String(text);
    if (log.includes('process up')) return;
  }
  throw new Error(`PgBouncer did not start: ${log}`);
}

describe.skipIf(!isAvailable)('behind PgBouncer in transaction mode', () => {
  it('the service answers the right times, and leaves those of other clients alone', async () => {
    const database = await createTestDatabase();
    onTestFinished(() => database.close());
    const direct = new Client({ connectionString: database.url });
    await direct.connect();
    await direct.query(
      `ALTER DATABASE ${direct.escapeIdentifier(direct.database ?? '')} SET timezone = 'Asia/Kolkata'`,
    );
    await direct.end();
    const url = await startPgBouncer(database.url, TRANSACTION_MODE);
    const other = new Client({ connectionString: url });
    await other.connect();
    onTestFinished(() => other.end());
    const app = await createApp(testConfig({ DATABASE_URL: url, DATABASE_POOL_SIZE: 5 }));
    onTestFinished(() => app.close());

    const offsets: number[] = [];
    const zones = new Set<unknown>();
    for (let round = 0; round < 5; round += 1) {
      const posts = Array.from({ length: 8 }, async () => {
        const payload = { title: 'a' };
        const response = await app.inject({ method: 'POST', url: '/v1/todo', payload });
        expect(response.statusCode).toBe(201);
        offsets.push(Date.now() - Date.parse(response.json<{ created_at: string }>().created_at));
      });
      const { rows } = await other.query<{ zone: string }>(
        "SELECT current_setting('timezone') AS zone",
      );
      zones.add(rows[0]?.zone);
      await Promise.all(posts);
    }

    expect(offsets).toHaveLength(40);
    expect(Math.max(...offsets.map(Math.abs))).toBeLessThan(MINUTE_MS);
    expect([...zones]).toEqual(['Asia/Kolkata']);
  });
});

describe.skipIf(!isAvailable)('migrate-in-window behind PgBouncer', () => {
  it.each([
    ['with one session', 'default_pool_size = 1'],
    ['with sessions in turn', 'server_round_robin = 1'],
    ['as it is by default', ''],
  ])('in transaction mode %s does nothing, and leaves no lock', async (_, settings) => {
    const deployment = await createDeployment();
    await deployment.prisma('migrate deploy');
    await deployment.write('30000101000000_a', 'CREATE TABLE a ();', 'DROP TABLE a;');
    const url = await startPgBouncer(deployment.url, `pool_mode = transaction\n${settings}`);
    // So that it has two sessions to choose from.
    await Promise.all([query(url, 'SELECT pg_sleep(0.1)'), query(url, 'SELECT pg_sleep(0.1)')]);

    expect(await deployment.manage(['migrate-in-window'], { DATABASE_URL: url })).toEqual({
      status: 1,
      output: expect.stringContaining('Set DIRECT_DATABASE_URL to the database itself.') as string,
    });
    expect(await isInMaintenance(deployment)).toBe(false);
    // The view lists all databases of the server, and tests beside this one migrate theirs.
    expect(
      await deployment.query(
        "SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
      ),
    ).toEqual([]);
  });

  it('in session mode applies migrations', async () => {
    const deployment = await createDeployment();
    await deployment.prisma('migrate deploy');
    await deployment.write('30000101000000_a', 'CREATE TABLE a ();', 'DROP TABLE a;');
    const url = await startPgBouncer(deployment.url, 'pool_mode = session');

    expect(await deployment.manage(['migrate-in-window'], { DATABASE_URL: url })).toMatchObject({
      status: 0,
    });
    expect(await tables(deployment, 'a')).toEqual(['a']);
  });
});
