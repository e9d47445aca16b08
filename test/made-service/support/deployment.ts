import { cp, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { asValue } from 'awilix';
import { Client } from 'pg';
import { expect, onTestFinished, vi } from 'vitest';
import { MigrationFiles } from '../../src/infrastructure/databases/migration-files.ts';
import { runManagement } from '../../src/management/run-management.ts';
import { startManagement } from './programs.ts';
import { createPrismaProject } from './prisma-project.ts';
import { query } from './query.ts';
import { type PrismaResult, serviceFolder } from './run-prisma.ts';
import { createTestDatabase } from './test-database.ts';

export type Deployment = Awaited<ReturnType<typeof createDeployment>>;

/** A service with its migrations, applied to a database of its own. */
export async function createDeployment() {
  const [project, database] = await Promise.all([createPrismaProject(), createTestDatabase()]);
  onTestFinished(async () => {
    await Promise.all([project.remove(), database.close()]);
  });
  const folder = path.join(project.folder, 'prisma', 'migrations');
  await cp(path.join(serviceFolder, 'prisma', 'migrations'), folder, { recursive: true });
  const environment = {
    DATABASE_URL: database.url,
    MAINTENANCE_POLL_MS: '50',
    HANDLER_TIMEOUT_MS: '50',
    DATABASE_STATEMENT_TIMEOUT_MS: '500',
  };
  return {
    url: database.url,
    /** Runs a management command in this process; `deploy` below applies the migrations. */
    manage: (args: string[], changes: NodeJS.ProcessEnv = {}) => {
      const variables = { ...environment, ...changes };
      const overrides = {
        migrationFiles: asValue(new MigrationFiles(folder)),
        deployMigrations: asValue(() => deploy(folder, variables.DATABASE_URL)),
      };
      return withOutput(() => runManagement(args, variables, overrides));
    },
    /** Starts a management command in a process of its own, where Prisma applies the migrations. */
    start: (args: string[], changes: NodeJS.ProcessEnv = {}) =>
      startManagement(args, project.folder, { ...environment, ...changes }),
    prisma: (command: string): Promise<PrismaResult> => project.prisma(command, environment),
    /** Writes a migration, with or without what undoes it. */
    async write(name: string, migration: string, down?: string) {
      await project.write(`migrations/${name}/migration.sql`, migration);
      if (down !== undefined) await project.write(`migrations/${name}/down.sql`, down);
    },
    query: (sql: string) => query(database.url, sql),
    /** Blocks BLOCKED_MIGRATION until the function that it returns is called. */
    async block(): Promise<() => Promise<void>> {
      const client = new Client({ connectionString: database.url });
      await client.connect();
      await client.query('CREATE TABLE gate (); COMMIT; BEGIN; LOCK TABLE gate');
      return () => client.end();
    },
  };
}

/** A migration that waits for what `block` holds. */
export const BLOCKED_MIGRATION = 'LOCK TABLE gate; CREATE TABLE a ();';

export async function isInMaintenance({ query }: Deployment): Promise<unknown> {
  const [row] = await query('SELECT maintenance FROM service_context');
  return row?.maintenance;
}

/** The migrations of a test, as far as they are applied or have failed. */
export async function applied({ query }: Deployment): Promise<unknown[]> {
  const rows = await query(
    `SELECT migration_name AS name FROM _prisma_migrations
     WHERE rolled_back_at IS NULL AND migration_name > '3' ORDER BY migration_name`,
  );
  return rows.map(({ name }) => name);
}

export async function tables({ query }: Deployment, ...names: string[]): Promise<string[]> {
  const rows = await query('SELECT tablename AS name FROM pg_tables');
  const all = new Set(rows.map(({ name }) => name));
  return names.filter((name) => all.has(name));
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  await vi.waitFor(
    async () => {
      expect(await condition()).toBe(true);
    },
    { timeout: 600_000, interval: 50 },
  );
}

/** What a command printed, with its exit status. */
async function withOutput(run: () => Promise<number>) {
  const lines: unknown[] = [];
  const spies = (['log', 'error'] as const).map((method) =>
    vi.spyOn(console, method).mockImplementation((line) => void lines.push(line)),
  );
  try {
    const status = await run();
    return { status, output: lines.map((line) => `${String(line)}\n`).join('') };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}

/** Applies pending migrations and records them as `prisma migrate deploy` does, at its own speed. */
async function deploy(folder: string, url: string): Promise<boolean> {
  await query(url, PRISMA_TABLE);
  const known = await query(
    url,
    'SELECT migration_name AS name FROM _prisma_migrations WHERE rolled_back_at IS NULL',
  );
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  for (const name of names.sort()) {
    if (known.some((migration) => migration.name === name)) continue;
    await query(url, startOf(name));
    try {
      await query(url, await readFile(path.join(folder, name, 'migration.sql'), 'utf8'));
    } catch (error) {
      console.log(error instanceof Error ? error.message : error);
      return false;
    }
    await query(url, endOf(name));
  }
  return true;
}

function startOf(name: string): string {
  return `INSERT INTO _prisma_migrations (id, checksum, migration_name)
          VALUES (gen_random_uuid(), '', '${name}')`;
}

function endOf(name: string): string {
  return `UPDATE _prisma_migrations SET finished_at = now(), applied_steps_count = 1
          WHERE migration_name = '${name}' AND rolled_back_at IS NULL`;
}

const PRISMA_TABLE = `
  CREATE TABLE IF NOT EXISTS _prisma_migrations (
    id VARCHAR(36) PRIMARY KEY NOT NULL,
    checksum VARCHAR(64) NOT NULL,
    finished_at TIMESTAMPTZ,
    migration_name VARCHAR(255) NOT NULL,
    logs TEXT,
    rolled_back_at TIMESTAMPTZ,
    started_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    applied_steps_count INTEGER NOT NULL DEFAULT 0
  )`;
