import { inject } from 'vitest';
import { openDatabase, openEmptyDatabase } from '../../tools/test-database.mjs';
import { createExternalDatabase } from './external-server.ts';

/** A database that belongs to one test file. */
export interface TestDatabase {
  url: string;
  /** Removes it. */
  close(): Promise<void>;
}

/** A database with the tables of the service and what its migrations insert. */
export function createTestDatabase(): Promise<TestDatabase> {
  const handle = inject('testServer');
  return handle.kind === 'embedded'
    ? openDatabase(handle.migratedDump)
    : createExternalDatabase(handle, 'migrated');
}

/** A database without any table. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  const handle = inject('testServer');
  return handle.kind === 'embedded'
    ? openEmptyDatabase(handle.migratedDump)
    : createExternalDatabase(handle, 'empty');
}
