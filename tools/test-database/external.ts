import { randomBytes } from 'node:crypto';
import { Client, escapeIdentifier } from 'pg';
import { applyMigrations } from './apply-migrations.ts';
import type { TestDatabase, TestServer, TestServerHandle } from './test-database.ts';

type ExternalHandle = Extract<TestServerHandle, { kind: 'external' }>;

/** Databases of tests are named after the second (UTC) in which their run started. */
const OWN_NAME = /^vitest_(\d{14})_[0-9a-f]{12}_/;
const STALE_AFTER_HOURS = 2;

/**
 * Uses a PostgreSQL server whose user may create databases. The run creates its own, drops these
 * and those that a killed run left behind, and leaves all others alone.
 */
export async function startExternal(url: string): Promise<TestServer> {
  await dropDatabases(url, isStale);
  const handle = await createTemplate(url);
  return {
    description: 'PostgreSQL at TEST_DATABASE_URL',
    handle,
    stop: () => dropDatabases(url, (name) => name.startsWith(handle.namePrefix)),
  };
}

/** Creates the migrated database that those of the test files are cloned from. */
export async function createTemplate(url: string): Promise<ExternalHandle> {
  const namePrefix = `vitest_${timestamp(new Date())}_${randomBytes(6).toString('hex')}_`;
  const handle: ExternalHandle = { kind: 'external', url, namePrefix };
  const template = templateName(handle);
  await cloneDatabase(url, template, 'template0');
  try {
    await applyMigrations(urlOf(handle, template));
    return handle;
  } catch (error) {
    await dropDatabase(url, template);
    throw error;
  }
}

/** Creates a database for one test file: a clone of the migrated one, or an empty one. */
export async function createDatabase(
  handle: ExternalHandle,
  content: 'migrated' | 'empty',
): Promise<TestDatabase> {
  const name = `${handle.namePrefix}${randomBytes(6).toString('hex')}`;
  const template = content === 'migrated' ? templateName(handle) : 'template0';
  await cloneDatabase(handle.url, name, template);
  return { url: urlOf(handle, name), close: () => dropDatabase(handle.url, name) };
}

function templateName({ namePrefix }: ExternalHandle): string {
  return `${namePrefix}template`;
}

/** Such as 20260131235959. */
function timestamp(date: Date): string {
  return date.toISOString().replace(/\D/g, '').slice(0, 14);
}

function isStale(name: string): boolean {
  const [, startedAt] = OWN_NAME.exec(name) ?? [];
  const limit = new Date();
  limit.setUTCHours(limit.getUTCHours() - STALE_AFTER_HOURS);
  return startedAt !== undefined && startedAt < timestamp(limit);
}

function urlOf({ url }: ExternalHandle, database: string): string {
  const result = new URL(url);
  result.pathname = database;
  return result.href;
}

async function cloneDatabase(url: string, name: string, template: string): Promise<void> {
  const [database, source] = [escapeIdentifier(name), escapeIdentifier(template)];
  await query(url, `CREATE DATABASE ${database} TEMPLATE ${source}`);
}

async function dropDatabases(url: string, matches: (name: string) => boolean): Promise<void> {
  const rows = await query<{ name: string }>(url, 'SELECT datname AS name FROM pg_database');
  for (const { name } of rows) if (matches(name)) await dropDatabase(url, name);
}

async function dropDatabase(url: string, name: string): Promise<void> {
  await query(url, `DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`);
}

async function query<Row extends object>(url: string, statement: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(statement)).rows;
  } finally {
    await client.end();
  }
}
