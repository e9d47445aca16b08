import { inject } from 'vitest';
import * as databases from '../../tools/test-database.mjs';

/** Creates a database with the tables of the service and what its migrations insert. */
export function createTestDatabase(): Promise<databases.TestDatabase> {
  return databases.createTestDatabase(inject('testServer'));
}

/** Creates a database without any table. */
export function createEmptyDatabase(): Promise<databases.TestDatabase> {
  return databases.createEmptyDatabase(inject('testServer'));
}
