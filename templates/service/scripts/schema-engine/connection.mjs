import pg from 'pg';
import { KnownError, messageOf } from './errors.mjs';

const DEFAULT_CONNECT_TIMEOUT_SECONDS = 5;
const DEFAULT_SCHEMA = 'public';

/**
 * What a connection string says, as the driver understands it.
 *
 * @typedef {object} ConnectionTarget
 * @property {string} url
 * @property {string} address
 * @property {string} database
 * @property {string} user
 * @property {string} schema
 * @property {number} connectTimeoutMs
 */

/**
 * Reads a connection string, with Prisma's own parameters `schema` and `connect_timeout`.
 *
 * @param {string | undefined} url
 * @returns {ConnectionTarget}
 */
export function parseConnectionString(url) {
  if (!url) throw invalidConnectionString('It is empty.');
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw invalidConnectionString('It must start with `postgresql://` or `postgres://`.');
  }
  const { host, port, database, user } = parseAsDriver(url);
  const parameters = new URLSearchParams(/\?([^#]*)/.exec(url)?.[1]);
  const timeout = Number(parameters.get('connect_timeout') ?? DEFAULT_CONNECT_TIMEOUT_SECONDS);
  return {
    url,
    address: `${host}:${port}`,
    database: database ?? 'postgres',
    user: user ?? 'postgres',
    schema: parameters.get('schema') ?? DEFAULT_SCHEMA,
    connectTimeoutMs: timeout * 1000,
  };
}

/** @param {string} url */
function parseAsDriver(url) {
  try {
    return new pg.Client({ connectionString: url });
  } catch {
    // The driver's error holds the string, and with it the password.
    throw invalidConnectionString('It cannot be parsed.');
  }
}

/** @param {string} reason */
function invalidConnectionString(reason) {
  return new KnownError('P1013', `The provided database string is invalid. ${reason}`);
}

/**
 * The same server, another database.
 *
 * @param {ConnectionTarget} target
 * @param {string} database
 * @returns {ConnectionTarget}
 */
export function withDatabase(target, database) {
  const url = target.url.replace(
    /^([^/]*\/\/[^/?#]*)(?:\/[^?#]*)?/,
    (_, server) => `${String(server)}/${encodeURIComponent(database)}`,
  );
  return { ...target, url, database };
}

/**
 * Connects, or throws a `KnownError` that says why it is not possible.
 *
 * The pool has one connection and keeps it: migrations rely on what belongs to a session, such as
 * the search path and the lock against others that migrate.
 *
 * @param {ConnectionTarget} target
 */
export async function connect(target) {
  const pool = new pg.Pool({
    connectionString: target.url,
    connectionTimeoutMillis: target.connectTimeoutMs,
    max: 1,
    idleTimeoutMillis: 0,
  });
  try {
    if (target.schema === DEFAULT_SCHEMA) await pool.query('SELECT 1');
    else await pool.query(`SET search_path TO ${pg.escapeIdentifier(target.schema)}`);
    return pool;
  } catch (error) {
    await pool.end();
    throw toConnectionError(error, target);
  }
}

/**
 * @param {unknown} error
 * @param {ConnectionTarget} target
 */
function toConnectionError(error, target) {
  if (error instanceof pg.DatabaseError) return toRefusal(error, target);
  const message = messageOf(error);
  if (/SSL|TLS|certificate/i.test(message)) {
    return new KnownError('P1011', `Error opening a TLS connection: ${message}`);
  }
  return new KnownError(
    'P1001',
    `Can't reach database server at \`${target.address}\`: ${message}\n\n` +
      `Please make sure your database server is running at \`${target.address}\`.`,
  );
}

/**
 * @param {pg.DatabaseError} error
 * @param {ConnectionTarget} target
 */
function toRefusal(error, { address, database, user }) {
  switch (error.code) {
    case '28P01':
      return new KnownError(
        'P1000',
        `Authentication failed against database server at \`${address}\`, the provided database ` +
          `credentials for \`${user}\` are not valid.\n\nPlease make sure to provide valid ` +
          `database credentials for the database server at \`${address}\`.`,
      );
    case '28000':
      return new KnownError(
        'P1010',
        `User \`${user}\` was denied access on the database \`${database}\`: ${error.message}`,
      );
    case '3D000':
      return databaseDoesNotExist(database, address);
    case '53300':
      return new KnownError('P2037', `Too many database connections opened: ${error.message}`);
    default:
      return error;
  }
}

/**
 * @param {string} database
 * @param {string} address
 */
export function databaseDoesNotExist(database, address) {
  return new KnownError(
    'P1003',
    `Database \`${database}\` does not exist on the database server at \`${address}\`.`,
  );
}
