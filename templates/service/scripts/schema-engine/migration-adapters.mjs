import { PrismaPg } from '@prisma/adapter-pg';
import { ColumnTypeEnum, DriverAdapterError } from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { connect } from './connection.mjs';
import { KnownError, ScriptError } from './errors.mjs';

/**
 * @typedef {import('@prisma/driver-adapter-utils').SqlDriverAdapter} SqlDriverAdapter
 * @typedef {import('@prisma/driver-adapter-utils').SqlMigrationAwareDriverAdapterFactory} SqlMigrationAwareDriverAdapterFactory
 * @typedef {import('@prisma/driver-adapter-utils').SqlResultSet} SqlResultSet
 * @typedef {import('./connection.mjs').ConnectionTarget} ConnectionTarget
 */

const CHAR_TYPE = 18;
const UUID_TYPE = 2950;

const LOCK_STATEMENT = 'SELECT pg_advisory_lock(72707369)';
const LOCK_TIMEOUT_MS = 10_000;

/**
 * Connects the engine to its databases.
 *
 * @implements {SqlMigrationAwareDriverAdapterFactory}
 */
export class MigrationAdapters {
  /** @type {'postgres'} */
  provider = 'postgres';
  adapterName = '@prisma/adapter-pg';

  /**
   * The last error. The engine passes on only a part of what it is told.
   *
   * @type {unknown}
   */
  failure;

  /** @type {() => ConnectionTarget | Promise<ConnectionTarget>} */
  #main;
  #shadow;
  /** @type {Set<SqlDriverAdapter>} */
  #open = new Set();

  /**
   * @param {() => ConnectionTarget | Promise<ConnectionTarget>} main
   * @param {import('./shadow-database.mjs').ShadowDatabase} shadow
   */
  constructor(main, shadow) {
    this.#main = main;
    this.#shadow = shadow;
  }

  connect() {
    return this.#remembering(async () => this.#adapt(await this.#main()));
  }

  connectToShadowDb() {
    return this.#remembering(async () => this.#adapt(await this.#shadow.emptied()));
  }

  async close() {
    for (const adapter of this.#open) await adapter.dispose();
  }

  /**
   * Corrects `@prisma/adapter-pg` where migrations need more than the queries of a client.
   *
   * @param {ConnectionTarget} target
   * @returns {Promise<SqlDriverAdapter>}
   */
  async #adapt(target) {
    const pool = await connect(target);
    readCharAsUuid(pool);
    const options = { schema: target.schema, disposeExternalPool: true };
    const original = await new PrismaPg(pool, options).connect();
    /** @type {SqlDriverAdapter} */
    const adapter = {
      provider: original.provider,
      adapterName: original.adapterName,
      queryRaw: async (query) => withCharacters(await original.queryRaw(query)),
      executeRaw: (query) =>
        query.sql === LOCK_STATEMENT
          ? this.#remembering(() => acquireLock(pool, target))
          : original.executeRaw(query),
      executeScript: (script) => this.#remembering(() => executeScript(pool, script)),
      startTransaction: (isolationLevel) => original.startTransaction(isolationLevel),
      getConnectionInfo: () => original.getConnectionInfo(),
      dispose: async () => {
        this.#open.delete(adapter);
        await original.dispose();
      },
    };
    this.#open.add(adapter);
    return adapter;
  }

  /**
   * @template T
   * @param {() => Promise<T>} action
   */
  async #remembering(action) {
    try {
      return await action();
    } catch (error) {
      this.failure = error;
      throw error instanceof ScriptError ? toDriverError(error) : error;
    }
  }
}

/**
 * `@prisma/adapter-pg` refuses the type "char", of which PostgreSQL's catalogue makes much use. It is
 * told that it gets the type uuid, which the engine never reads.
 *
 * @param {pg.Pool} pool
 */
function readCharAsUuid(pool) {
  const query = pool.query.bind(pool);
  Object.defineProperty(pool, 'query', {
    /** @param {pg.QueryArrayConfig} config */
    value: async (config) => {
      const result = await query(config);
      // A script has a list of results, and nobody reads their fields.
      if (Array.isArray(result)) return result;
      for (const field of result.fields) {
        if (field.dataTypeID === CHAR_TYPE) field.dataTypeID = UUID_TYPE;
      }
      return result;
    },
  });
}

/**
 * @param {SqlResultSet} result
 * @returns {SqlResultSet}
 */
function withCharacters(result) {
  const columnTypes = result.columnTypes.map((type) =>
    type === ColumnTypeEnum.Uuid ? ColumnTypeEnum.Character : type,
  );
  return { ...result, columnTypes };
}

/**
 * Runs a script as one message to the server, so that it is one transaction unless it says otherwise.
 * `@prisma/adapter-pg` cuts it at each `;`, even within literals and bodies of functions, and leaves
 * the first half of a failing script in the database.
 *
 * @param {pg.Pool} pool
 * @param {string} script
 */
async function executeScript(pool, script) {
  try {
    await pool.query(script);
  } catch (error) {
    throw new ScriptError(script, error);
  }
}

/**
 * The engine records this with the migration that failed; a code that it knows would make it forget
 * the message.
 *
 * @param {ScriptError} error
 */
function toDriverError({ message }) {
  return new DriverAdapterError({
    kind: 'postgres',
    code: '',
    severity: 'ERROR',
    message,
    detail: undefined,
    column: undefined,
    hint: undefined,
  });
}

/**
 * Keeps others from migrating at the same time, for as long as the connection lasts. In WebAssembly
 * the engine does neither limit the wait nor read the variable.
 *
 * @param {pg.Pool} pool
 * @param {ConnectionTarget} target
 */
async function acquireLock(pool, { address }) {
  if (['1', 'true'].includes(process.env.PRISMA_SCHEMA_DISABLE_ADVISORY_LOCK ?? '')) return 0;
  try {
    await pool.query(
      `SET lock_timeout = ${LOCK_TIMEOUT_MS}; ${LOCK_STATEMENT}; RESET lock_timeout`,
    );
    return 0;
  } catch (error) {
    if (!(error instanceof pg.DatabaseError && error.code === '55P03')) throw error;
    throw new KnownError(
      'P1002',
      `The database server at \`${address}\` was reached but timed out.\n\nPlease try again.\n\n` +
        `Context: Timed out trying to acquire a postgres advisory lock (${LOCK_STATEMENT}). ` +
        `Timeout: ${LOCK_TIMEOUT_MS}ms. See https://pris.ly/d/migrate-advisory-locking for details.`,
    );
  }
}
