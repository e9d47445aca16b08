import { PrismaPg } from '@prisma/adapter-pg';
import {
  ColumnTypeEnum,
  DriverAdapterError,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
  type SqlResultSet,
} from '@prisma/driver-adapter-utils';
import pg from 'pg';
import { controlsTransactions, splitStatements } from '../sql/sql-script.ts';
import { connect, type ConnectionTarget } from './connection.ts';
import { KnownError, ScriptError } from './errors.ts';
import type { ShadowDatabase } from './shadow-database.ts';

const CHAR_TYPE = 18;
const UUID_TYPE = 2950;

const LOCK_STATEMENT = 'SELECT pg_advisory_lock(72707369)';
const LOCK_TIMEOUT_MS = 10_000;

/** What the engine asks each connection first. */
const VERSION_QUERY = /^SELECT EXISTS\(.*\), version\(\), .*'server_version_num'/s;

/** How the embedded PostgreSQL answers it. */
const EMBEDDED_VERSION: SqlResultSet = {
  columnNames: ['exists', 'version', 'numeric_version'],
  columnTypes: [ColumnTypeEnum.Boolean, ColumnTypeEnum.Text, ColumnTypeEnum.Int32],
  rows: [[true, 'PostgreSQL 18.0', 180_000]],
};

/** Connects the engine to its databases. */
export class MigrationAdapters implements SqlMigrationAwareDriverAdapterFactory {
  readonly provider = 'postgres';
  readonly adapterName = '@prisma/adapter-pg';
  /** The last error: the engine passes on only a part of what it gets. */
  failure: unknown;
  readonly #shadow: ShadowDatabase;
  readonly #main: (() => ConnectionTarget) | undefined;
  readonly #open = new Set<SqlDriverAdapter>();

  /** @param main the main database; without one the engine connects to the shadow database only */
  constructor(shadow: ShadowDatabase, main?: () => ConnectionTarget) {
    this.#shadow = shadow;
    this.#main = main;
  }

  connect(): Promise<SqlDriverAdapter> {
    const main = this.#main;
    return main
      ? this.#remembering(async () => this.#adapt(main()))
      : this.#remembering(() => Promise.resolve(this.#whenQueried()));
  }

  /**
   * Connects to the shadow database with the first query. To compare schemas, the engine only asks for
   * the version, and starting a database takes seconds.
   */
  #whenQueried(): SqlDriverAdapter {
    const { schema: schemaName } = this.#shadow;
    let opened: Promise<SqlDriverAdapter> | undefined;
    const open = () => (opened ??= this.connectToShadowDb());
    return {
      provider: this.provider,
      adapterName: this.adapterName,
      queryRaw: async (query) =>
        VERSION_QUERY.test(query.sql) ? EMBEDDED_VERSION : (await open()).queryRaw(query),
      executeRaw: async (query) => (await open()).executeRaw(query),
      executeScript: async (script) => (await open()).executeScript(script),
      startTransaction: async (isolationLevel) => (await open()).startTransaction(isolationLevel),
      getConnectionInfo: () => ({ schemaName, supportsRelationJoins: true }),
      dispose: async () => (await opened)?.dispose(),
    };
  }

  connectToShadowDb(): Promise<SqlDriverAdapter> {
    return this.#remembering(async () =>
      this.#adapt(await this.#shadow.claim(), () => this.#shadow.release()),
    );
  }

  async close(): Promise<void> {
    for (const adapter of this.#open) await adapter.dispose();
  }

  /** Corrects `@prisma/adapter-pg` where migrations need more than the queries of a client. */
  async #adapt(
    target: ConnectionTarget,
    onDispose: () => Promise<void> = () => Promise.resolve(),
  ): Promise<SqlDriverAdapter> {
    const pool = await connect(target);
    readCharAsUuid(pool);
    const options = { schema: target.schema, disposeExternalPool: true };
    const original = await new PrismaPg(pool, options).connect();
    const adapter: SqlDriverAdapter = {
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
        await onDispose();
      },
    };
    this.#open.add(adapter);
    return adapter;
  }

  async #remembering<T>(action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      this.failure = error;
      throw error instanceof ScriptError ? toDriverError(error) : error;
    }
  }
}

/**
 * `@prisma/adapter-pg` refuses the type "char", which PostgreSQL's catalogue uses a lot. This reports
 * it as the type uuid, which the engine never reads.
 */
function readCharAsUuid(pool: pg.Pool): void {
  const query = pool.query.bind(pool);
  Object.defineProperty(pool, 'query', {
    value: async (config: pg.QueryArrayConfig) => {
      const result = await query(config);
      // A script has a list of results, whose fields the engine does not read.
      if (Array.isArray(result)) return result;
      for (const field of result.fields) {
        if (field.dataTypeID === CHAR_TYPE) field.dataTypeID = UUID_TYPE;
      }
      return result;
    },
  });
}

function withCharacters(result: SqlResultSet): SqlResultSet {
  const columnTypes = result.columnTypes.map((type) =>
    type === ColumnTypeEnum.Uuid ? ColumnTypeEnum.Character : type,
  );
  return { ...result, columnTypes };
}

/**
 * Runs a script as one message to the server, so that it is one transaction unless it says otherwise.
 * `@prisma/adapter-pg` cuts it at each `;`, even within literals and bodies of functions, and leaves
 * the first half of a failing script in the database.
 */
async function executeScript(pool: pg.Pool, script: string): Promise<void> {
  try {
    await pool.query(script);
  } catch (error) {
    if (!needsSingleStatements(script, error)) throw new ScriptError(script, error);
    for (const statement of splitStatements(script)) await executeStatement(pool, statement);
  }
}

/**
 * Whether the server refused the transaction around the script, for example because of a
 * `CREATE INDEX CONCURRENTLY`. All of the script is rolled back then, so that it can run again.
 */
function needsSingleStatements(script: string, error: unknown): boolean {
  return (
    error instanceof pg.DatabaseError &&
    error.code === '25001' &&
    // A function has a transaction around it in any case.
    error.where === undefined &&
    !controlsTransactions(script)
  );
}

async function executeStatement(pool: pg.Pool, statement: string): Promise<void> {
  try {
    await pool.query(statement);
  } catch (error) {
    throw new ScriptError(statement, error);
  }
}

/**
 * The engine records this with the migration that failed; a code that it knows would make it forget
 * the message.
 */
function toDriverError({ message }: ScriptError): DriverAdapterError {
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
 * Prevents concurrent migrations for as long as the connection lasts. In WebAssembly the engine
 * neither limits the wait nor reads the variable.
 */
async function acquireLock(pool: pg.Pool, { address }: ConnectionTarget): Promise<number> {
  if (['1', 'true'].includes(process.env.PRISMA_SCHEMA_DISABLE_ADVISORY_LOCK ?? '')) return 0;
  try {
    await pool.query(
      `SET lock_timeout = ${LOCK_TIMEOUT_MS}; ${LOCK_STATEMENT}; SET lock_timeout = 0`,
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
