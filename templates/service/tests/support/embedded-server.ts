import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { startEmbeddedPostgres } from '../../tools/embedded-postgres.mjs';
import { migrate } from './migrate.ts';
import type { TestDatabase } from './test-database.ts';
import type { TestServer } from './test-server.ts';

/** Makes the dumps that each test file's embedded PostgreSQL is restored from. */
export async function startEmbeddedServer(): Promise<TestServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'test-database-'));
  const emptyDump = path.join(folder, 'empty.tar');
  const migratedDump = path.join(folder, 'migrated.tar');
  const postgres = await startEmbeddedPostgres();
  try {
    await dump(postgres.database, emptyDump);
    await migrate(postgres.url);
    await dump(postgres.database, migratedDump);
  } finally {
    await postgres.close();
  }
  return {
    description: 'embedded PostgreSQL (PGlite)',
    handle: { kind: 'embedded', emptyDump, migratedDump },
  };
}

async function dump(database: PGlite, file: string): Promise<void> {
  const data = await database.dumpDataDir('none');
  await writeFile(file, Buffer.from(await data.arrayBuffer()));
}

/** Starts an embedded PostgreSQL that holds what was dumped. */
export async function restoreEmbeddedDatabase(dumpFile: string): Promise<TestDatabase> {
  const loadDataDir = new Blob([new Uint8Array(await readFile(dumpFile))]);
  const postgres = await startEmbeddedPostgres({ loadDataDir });
  return { url: postgres.url, close: () => postgres.close() };
}
