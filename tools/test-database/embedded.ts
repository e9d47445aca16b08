import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { filesIn, hashOf } from '../database/hash.ts';
import { MIGRATIONS, resolvePackageFile } from '../database/project.ts';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../embedded-postgres/embedded-postgres.ts';
import { applyMigrations } from './apply-migrations.ts';
import type { TestDatabase } from './test-database.ts';

const CACHE = 'node_modules/.cache/clean-flask-ts';
const UNUSED_FOR_DAYS = 7;

const KEEP_HISTORY = `
  CREATE SCHEMA test_database;
  CREATE TABLE test_database.history (LIKE public._prisma_migrations INCLUDING ALL);
  INSERT INTO test_database.history SELECT * FROM public._prisma_migrations;
`;
const RESTORE_HISTORY = `
  CREATE TABLE public._prisma_migrations (LIKE test_database.history INCLUDING ALL);
  INSERT INTO public._prisma_migrations SELECT * FROM test_database.history;
`;
const DROP_SCHEMAS = `
  DO $$
    DECLARE
      name text;
    BEGIN
      FOR name IN
        SELECT nspname FROM pg_namespace
        WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'test_database')
      LOOP
        EXECUTE format('DROP SCHEMA %I CASCADE', name);
      END LOOP;
    END
  $$;
  CREATE SCHEMA public;
`;

/** Servers of this process whose databases are closed, by the dump that they were started from. */
const usedServers = new Map<string, EmbeddedPostgres[]>();

/** Provides the dump of a migrated database, which is kept until a migration or PGlite changes. */
export async function provideMigratedDump(): Promise<string> {
  const dump = path.resolve(CACHE, `migrated-${hashOfInputs()}.tar`);
  await mkdir(CACHE, { recursive: true });
  if (existsSync(dump)) await utimes(dump, new Date(), new Date());
  else await writeDump(dump);
  await removeUnused();
  return dump;
}

/**
 * Opens a database that holds what was dumped. After it is closed, its server is restored to that state
 * for whoever opens one next in this process, so that a test run starts one server for each of its
 * workers.
 */
export async function openEmbedded(dump: string): Promise<TestDatabase> {
  const used = takeUsed(dump);
  const server = used && (await restore(used)) ? used : await startServer(dump);
  return {
    url: server.url,
    close: () => {
      usedServers.set(dump, [...(usedServers.get(dump) ?? []), server]);
      return Promise.resolve();
    },
  };
}

/** Opens a database without any table. It cannot be restored, so that its server ends with it. */
export async function openEmptyEmbedded(dump: string): Promise<TestDatabase> {
  const server = takeUsed(dump) ?? (await startServer(dump));
  await dropEverything(server);
  await server.database.exec('DROP SCHEMA test_database CASCADE');
  return { url: server.url, close: () => server.close() };
}

function hashOfInputs(): string {
  const pglite = path.resolve(resolvePackageFile('@electric-sql/pglite'), '../../package.json');
  return hashOf([...filesIn(MIGRATIONS), pglite]).slice(0, 32);
}

async function writeDump(file: string): Promise<void> {
  // Every worker loads the dump: most of it would be an empty log of 16 MB.
  const server = await startEmbeddedPostgres({ initDbStartParams: ['--wal-segsize=1'] });
  try {
    await applyMigrations(server.url);
    await server.database.exec(KEEP_HISTORY);
    const dump = await server.database.dumpDataDir('none');
    // Another run may be writing the same dump: the file appears complete.
    const partial = `${file}.${randomUUID()}`;
    await writeFile(partial, Buffer.from(await dump.arrayBuffer()));
    await rename(partial, file);
  } finally {
    await server.close();
  }
}

async function removeUnused(): Promise<void> {
  const limit = Date.now() - UNUSED_FOR_DAYS * 24 * 60 * 60 * 1000;
  for (const name of await readdir(CACHE)) {
    const file = path.join(CACHE, name);
    if (name.startsWith('migrated-') && (await stat(file)).mtimeMs < limit) {
      await rm(file, { force: true });
    }
  }
}

function takeUsed(dump: string): EmbeddedPostgres | undefined {
  return usedServers.get(dump)?.pop();
}

async function startServer(dump: string): Promise<EmbeddedPostgres> {
  return startEmbeddedPostgres({ loadDataDir: new Blob([await readFile(dump)]) });
}

/**
 * Applies the migrations anew to an empty schema, which is much faster than to load the dump again.
 *
 * @returns false if a migration cannot be applied twice, because it changed more than schemas; then the
 *   server has ended
 */
async function restore(server: EmbeddedPostgres): Promise<boolean> {
  const scripts = filesIn(MIGRATIONS).filter((file) => path.basename(file) === 'migration.sql');
  try {
    await dropEverything(server);
    for (const script of scripts) await server.database.exec(await readFile(script, 'utf8'));
    await server.database.exec(RESTORE_HISTORY);
    return true;
  } catch {
    await server.close();
    return false;
  }
}

async function dropEverything({ database }: EmbeddedPostgres): Promise<void> {
  // One by one: several statements at once are a transaction, in which DISCARD ALL is refused.
  for (const statement of ['ROLLBACK', 'DISCARD ALL', DROP_SCHEMAS]) {
    await database.exec(statement);
  }
}
