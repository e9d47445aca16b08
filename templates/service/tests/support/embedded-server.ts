import { provideMigratedDump } from '../../tools/test-database.mjs';
import { applyMigrations } from './run-prisma.ts';
import type { TestServer } from './test-server.ts';

/** Provides the dump that each test file's embedded PostgreSQL starts from. */
export async function startEmbeddedServer(): Promise<TestServer> {
  return {
    description: 'embedded PostgreSQL (PGlite)',
    handle: { kind: 'embedded', migratedDump: await provideMigratedDump(applyMigrations) },
    stop: () => Promise.resolve(),
  };
}
