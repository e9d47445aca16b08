import pg from 'pg';
import {
  connect,
  databaseDoesNotExist,
  parseConnectionString,
  withDatabase,
} from './connection.mjs';
import { KnownError, messageOf } from './errors.mjs';
import { log } from './log.mjs';

/** Databases to connect to when the one in question is to be made or dropped. */
const MAINTENANCE_DATABASES = ['postgres', 'template1'];

/**
 * @typedef {import('./connection.mjs').ConnectionTarget} ConnectionTarget
 * @type {Record<string, (target: ConnectionTarget) => Promise<string>>}
 */
const COMMANDS = {
  'can-connect-to-database': canConnect,
  'create-database': createDatabase,
  'drop-database': dropDatabase,
};

/**
 * Runs `can-connect-to-database`, `create-database` or `drop-database`.
 *
 * @param {string | undefined} name
 * @param {string | undefined} url
 * @returns {Promise<number>} the exit status
 */
export async function runDatabaseCommand(name = '', url) {
  // The CLI skips the first line.
  log('INFO', { message: 'Starting the schema engine' });
  try {
    const command = COMMANDS[name];
    if (!command) throw new Error(`There is no command ${JSON.stringify(name)}`);
    log('INFO', { message: await command(parseConnectionString(url)) });
    return 0;
  } catch (error) {
    const code = error instanceof KnownError ? error.code : undefined;
    log('ERROR', { message: messageOf(error), error_code: code });
    return 1;
  }
}

/** @param {ConnectionTarget} target */
async function canConnect(target) {
  const pool = await connect(target);
  await pool.end();
  return 'Connection successful';
}

/** @param {ConnectionTarget} target */
async function createDatabase(target) {
  await maintain(target, `CREATE DATABASE ${pg.escapeIdentifier(target.database)}`);
  return `Database \`${target.database}\` was successfully created.`;
}

/** @param {ConnectionTarget} target */
async function dropDatabase(target) {
  await maintain(target, `DROP DATABASE ${pg.escapeIdentifier(target.database)}`);
  return `Database \`${target.database}\` was successfully dropped.`;
}

/**
 * @param {ConnectionTarget} target
 * @param {string} statement
 */
async function maintain(target, statement) {
  const pool = await connectToMaintenanceDatabase(target);
  try {
    await pool.query(statement);
  } catch (error) {
    throw toMaintenanceError(error, target);
  } finally {
    await pool.end();
  }
}

/**
 * @param {unknown} error
 * @param {ConnectionTarget} target
 */
function toMaintenanceError(error, { database, address }) {
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

/** @param {ConnectionTarget} target */
async function connectToMaintenanceDatabase(target) {
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
