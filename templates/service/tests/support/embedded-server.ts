import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { startEmbeddedPostgres } from '../../tools/embedded-postgres.mjs';
import { hashFiles } from './hash-files.ts';
import { runPrisma, serviceFolder } from './run-prisma.ts';
import type { TestDatabase } from './test-database.ts';
import type { TestServer } from './test-server.ts';

const CACHE = path.join(serviceFolder, 'node_modules', '.cache', 'test-database');
const UNUSED_FOR_DAYS = 7;

/** Provides the dump that each test file's embedded PostgreSQL is restored from. */
export async function startEmbeddedServer(): Promise<TestServer> {
  return {
    description: 'embedded PostgreSQL (PGlite)',
    handle: { kind: 'embedded', migratedDump: await provideMigratedDump() },
    stop: () => Promise.resolve(),
  };
}

/** Starts an embedded PostgreSQL, with the contents of a dump if there is one. */
export async function startEmbeddedDatabase(dumpFile?: string): Promise<TestDatabase> {
  const dump = dumpFile === undefined ? undefined : new Blob([await readFile(dumpFile)]);
  const postgres = await startEmbeddedPostgres(dump && { loadDataDir: dump });
  return { url: postgres.url, close: () => postgres.close() };
}

/** The dump of a migrated database, kept until a migration or PGlite changes. */
async function provideMigratedDump(): Promise<string> {
  const hash = await hashFiles(serviceFolder, ['prisma/migrations', 'package.json']);
  const dump = path.join(CACHE, `${hash}.tar`);
  await mkdir(CACHE, { recursive: true });
  if (existsSync(dump)) await utimes(dump, new Date(), new Date());
  else await writeMigratedDump(dump);
  await removeUnused();
  return dump;
}

async function writeMigratedDump(file: string): Promise<void> {
  const postgres = await startEmbeddedPostgres();
  try {
    const { status, output } = await runPrisma(serviceFolder, 'migrate deploy', {
      DATABASE_URL: postgres.url,
    });
    if (status !== 0) throw new Error(output);
    const dump = await postgres.database.dumpDataDir('none');
    // Another run may be writing the same dump: the file appears complete.
    const partial = `${file}.${randomUUID()}`;
    await writeFile(partial, Buffer.from(await dump.arrayBuffer()));
    await rename(partial, file);
  } finally {
    await postgres.close();
  }
}

async function removeUnused(): Promise<void> {
  const limit = Date.now() - UNUSED_FOR_DAYS * 24 * 60 * 60 * 1000;
  for (const name of await readdir(CACHE)) {
    const file = path.join(CACHE, name);
    if ((await stat(file)).mtimeMs < limit) await rm(file, { force: true });
  }
}
