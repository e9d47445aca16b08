import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { migrate } from './migrate.ts';
import type { TestDatabase } from './test-database.ts';
import type { TestServer, TestServerHandle } from './test-server.ts';

type ExternalHandle = Extract<TestServerHandle, { kind: 'external' }>;

/**
 * Uses a PostgreSQL server whose user may create databases. The database that the URL names is left
 * alone: the run makes databases of its own and drops them.
 */
export async function startExternalServer(url: string): Promise<TestServer> {
  const handle: ExternalHandle = {
    kind: 'external',
    url,
    namePrefix: `test_${randomBytes(6).toString('hex')}_`,
  };
  await createDatabase(handle, templateName(handle), 'template0');
  try {
    await migrate(urlOf(handle, templateName(handle)));
  } catch (error) {
    await dropAll(handle);
    throw error;
  }
  return {
    description: 'PostgreSQL at TEST_DATABASE_URL',
    handle,
    stop: () => dropAll(handle),
  };
}

/** Makes a database for one test file: a clone of the migrated one, or an empty one. */
export async function createExternalDatabase(
  handle: ExternalHandle,
  content: 'migrated' | 'empty',
): Promise<TestDatabase> {
  const name = `${handle.namePrefix}${randomBytes(6).toString('hex')}`;
  await createDatabase(handle, name, content === 'migrated' ? templateName(handle) : 'template0');
  return {
    url: urlOf(handle, name),
    close: () => withServer(handle, (client) => drop(client, name)),
  };
}

function templateName({ namePrefix }: ExternalHandle): string {
  return `${namePrefix}template`;
}

function urlOf({ url }: ExternalHandle, database: string): string {
  const result = new URL(url);
  result.pathname = database;
  return result.href;
}

function createDatabase(handle: ExternalHandle, name: string, template: string): Promise<void> {
  return withServer(handle, async (client) => {
    await client.query(
      `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)}`,
    );
  });
}

async function drop(client: Client, name: string): Promise<void> {
  await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
}

function dropAll(handle: ExternalHandle): Promise<void> {
  return withServer(handle, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [handle.namePrefix],
    );
    for (const { datname } of rows) await drop(client, datname);
  });
}

async function withServer(
  { url }: ExternalHandle,
  use: (client: Client) => Promise<void>,
): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await use(client);
  } finally {
    await client.end();
  }
}
