import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { migrate } from './migrate.ts';
import type { Reaper } from './reaper.ts';
import type { TestDatabase } from './test-database.ts';
import type { TestServer, TestServerHandle } from './test-server.ts';

type ExternalHandle = Extract<TestServerHandle, { kind: 'external' }>;

/**
 * Uses a PostgreSQL server whose user may create databases. The database that the URL names is left
 * alone: the run makes databases of its own.
 */
export async function startExternalServer(url: string, reaper: Reaper): Promise<TestServer> {
  const namePrefix = newNamePrefix();
  reaper.note({ kind: 'databases', url, namePrefix });
  return {
    description: 'PostgreSQL at TEST_DATABASE_URL',
    handle: await createTemplate(url, namePrefix),
  };
}

/** A prefix that tells the databases of a run from all others. */
export function newNamePrefix(): string {
  return `test_${randomBytes(6).toString('hex')}_`;
}

/** Makes the migrated database that those of the test files are cloned from. */
export async function createTemplate(url: string, namePrefix: string): Promise<ExternalHandle> {
  const handle: ExternalHandle = { kind: 'external', url, namePrefix };
  await createDatabase(handle, templateName(handle), 'template0');
  await migrate(urlOf(handle, templateName(handle)));
  return handle;
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
    close: () => execute(handle, `DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`),
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
  return execute(
    handle,
    `CREATE DATABASE ${escapeIdentifier(name)} TEMPLATE ${escapeIdentifier(template)}`,
  );
}

async function execute({ url }: ExternalHandle, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
