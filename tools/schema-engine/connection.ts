import pg from 'pg';
import { KnownError, messageOf } from './errors.ts';

const DEFAULT_CONNECT_TIMEOUT_SECONDS = 5;
export const DEFAULT_SCHEMA = 'public';

/** What a connection string says, as the driver understands it. */
export interface ConnectionTarget {
  url: string;
  address: string;
  database: string;
  user: string;
  schema: string;
  connectTimeoutMs: number;
}

/** Parses a connection string, with Prisma's own parameters `schema` and `connect_timeout`. */
export function parseConnectionString(url: string | undefined): ConnectionTarget {
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

function parseAsDriver(url: string): pg.Client {
  try {
    return new pg.Client({ connectionString: url });
  } catch {
    // The driver's error holds the string, and with it the password.
    throw invalidConnectionString('It cannot be parsed.');
  }
}

function invalidConnectionString(reason: string): KnownError {
  return new KnownError('P1013', `The provided database string is invalid. ${reason}`);
}

/** The same server, another database. */
export function withDatabase(target: ConnectionTarget, database: string): ConnectionTarget {
  const url = target.url.replace(
    /^([^/]*\/\/[^/?#]*)(?:\/[^?#]*)?/,
    (_, server: string) => `${server}/${encodeURIComponent(database)}`,
  );
  return { ...target, url, database };
}

/**
 * Connects, or throws a `KnownError` that says why it is not possible.
 *
 * The pool has one connection and keeps it: migrations rely on what belongs to a session, such as
 * the search path and the lock against concurrent migrations.
 */
export async function connect(target: ConnectionTarget): Promise<pg.Pool> {
  const pool = new pg.Pool({
    connectionString: target.url,
    connectionTimeoutMillis: target.connectTimeoutMs,
    max: 1,
    idleTimeoutMillis: 0,
    // The pool waits for it, although its types say otherwise.
    // eslint-disable-next-line @typescript-eslint/no-misused-promises
    onConnect: async (client) => {
      await client.query(sessionSettings(target.schema));
    },
  });
  try {
    await pool.query('SELECT 1');
    return pool;
  } catch (error) {
    await pool.end();
    throw toConnectionError(error, target);
  }
}

/**
 * Everything that migrations and the engine's queries depend on, whatever the server, the database or
 * the role has set. They are statements, because connection poolers refuse them as start-up parameters.
 */
function sessionSettings(schema: string): string {
  return `
    SET search_path TO ${pg.escapeIdentifier(schema)};
    SET client_encoding TO 'UTF8';
    SET TIME ZONE 'UTC';
    SET DateStyle TO 'ISO';
    SET IntervalStyle TO 'postgres';
    SET standard_conforming_strings TO on;
    SET quote_all_identifiers TO off;
    SET default_transaction_read_only TO off;
    SET default_transaction_isolation TO 'read committed';
    SET statement_timeout TO 0;
    SET lock_timeout TO 0;
    SET idle_in_transaction_session_timeout TO 0;
  `;
}

function toConnectionError(error: unknown, target: ConnectionTarget): unknown {
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

function toRefusal(
  error: pg.DatabaseError,
  { address, database, user }: ConnectionTarget,
): KnownError | pg.DatabaseError {
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

/** The error of a database that is missing on a server. */
export function databaseDoesNotExist(database: string, address: string): KnownError {
  return new KnownError(
    'P1003',
    `Database \`${database}\` does not exist on the database server at \`${address}\`.`,
  );
}
