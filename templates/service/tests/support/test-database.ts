import { inject } from 'vitest';
import { restoreEmbeddedDatabase } from './embedded-server.ts';
import { createExternalDatabase } from './external-server.ts';

/** A database that belongs to one test file. */
export interface TestDatabase {
  url: string;
  /** Removes it. */
  close(): Promise<void>;
}

/** A database with the tables of the service, and nothing in them. */
export function createTestDatabase(): Promise<TestDatabase> {
  const handle = inject('testServer');
  return handle.kind === 'embedded'
    ? restoreEmbeddedDatabase(handle.migratedDump)
    : createExternalDatabase(handle, 'migrated');
}

/** A database without any table. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  const handle = inject('testServer');
  return handle.kind === 'embedded'
    ? restoreEmbeddedDatabase(handle.emptyDump)
    : createExternalDatabase(handle, 'empty');
}
