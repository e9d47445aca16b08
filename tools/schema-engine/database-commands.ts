import pg from 'pg';
import {
  connect,
  type ConnectionTarget,
  databaseDoesNotExist,
  parseConnectionString,
  withDatabase,
} from './connection.ts';
import { KnownError, messageOf } from './errors.ts';
import { log } from './log.ts';

/** Databases to connect to in order to create or drop another one. */
const MAINTENANCE_DATABASES = ['postgres', 'template1'];

const COMMANDS: ReadonlyMap<string, (target: ConnectionTarget) => Promise<string>> = new Map([
  ['can-connect-to-database', canConnect],
  ['create-database', createDatabase],
  ['drop-database', dropDatabase],
]);

/**
 * Runs `can-connect-to-database`, `create-database` or `drop-database`.
 *
 * @returns the exit status
 */
export async function runDatabaseCommand(name = '', url: string | undefined): Promise<number> {
  // The CLI skips the first line.
  log('INFO', { message: 'Starting the schema engine' });
  try {
    const command = COMMANDS.get(name);
    if (!command) throw new Error(`Unknown command ${JSON.stringify(name)}`);
    log('INFO', { message: await command(parseConnectionString(url)) });
    return 0;
  } catch (error) {
    const code = error instanceof KnownError ? error.code : undefined;
    log('ERROR', { message: messageOf(error), error_code: code });
    return 1;
  }
}

async function canConnect(target: ConnectionTarget): Promise<string> {
  const pool = await connect(target);
  await pool.end();
  return 'Connection successful';
}

async function createDatabase(target: ConnectionTarget): Promise<string> {
  await maintain(target, `CREATE DATABASE ${pg.escapeIdentifier(target.database)}`);
  return `Database \`${target.database}\` was successfully created.`;
}

async function dropDatabase(target: ConnectionTarget): Promise<string> {
  await maintain(target, `DROP DATABASE ${pg.escapeIdentifier(target.database)}`);
  return `Database \`${target.database}\` was successfully dropped.`;
}

async function maintain(target: ConnectionTarget, statement: string): Promise<void> {
  const pool = await connectToMaintenanceDatabase(target);
  try {
    await pool.query(statement);
  } catch (error) {
    throw toMaintenanceError(error, target);
  } finally {
    await pool.end();
  }
}

function toMaintenanceError(error: unknown, { database, address }: ConnectionTarget): unknown {
  if (!(error instanceof pg.DatabaseError)) return error;
  switch (error.code) {
    case '3D000':
      return databaseDoesNotExist(database, address);
    case '42P04':
      return new KnownError(
        'P1009',
        `Database \`${database}\` already exists on the database server at \`${address}\`.`,
      );
    default:
      return error;
  }
}

async function connectToMaintenanceDatabase(target: ConnectionTarget): Promise<pg.Pool> {
  for (const database of MAINTENANCE_DATABASES) {
    try {
      return await connect(withDatabase(target, database));
    } catch (error) {
      if (!(error instanceof KnownError && error.code === 'P1003')) throw error;
    }
  }
  throw new KnownError(
    'P3000',
    `Could not connect to any of the databases ${MAINTENANCE_DATABASES.join(', ')}.`,
  );
}
