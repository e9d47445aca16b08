import { AsyncLocalStorage } from 'node:async_hooks';
import { PrismaPg } from '@prisma/adapter-pg';
import type { ITXClientDenyList } from '@prisma/client/runtime/client';
import type { ClientBase } from 'pg';
import { UnavailableException } from '../../domain/exceptions.ts';
import type { Database } from '../../domain/ports/database.ts';
import type { UnitOfWork } from '../../domain/ports/unit-of-work.ts';
import { retryWriteConflicts, translateErrors } from './database-errors.ts';
import { Prisma, PrismaClient } from './generated/client.ts';
import { tablesOfSchema } from './schema-tables.ts';
import { setUpSession } from './session.ts';

interface DatabaseSettings {
  url: string;
  schema: string;
  poolSize: number;
  acquireTimeoutMs: number;
  statementTimeoutMs: number;
}

type PoolClient = ReturnType<typeof createClient>;
type TransactionClient = Omit<PoolClient, ITXClientDenyList>;

/** The connection pool of one instance and the Prisma client on it. */
export class PrismaDatabase implements Database, UnitOfWork {
  readonly #settings: DatabaseSettings;
  readonly #pool: PoolClient;
  readonly #transaction = new AsyncLocalStorage<TransactionClient>();

  constructor({ config }: { config: { database: DatabaseSettings } }) {
    this.#settings = config.database;
    this.#pool = createClient(config.database, () => this.#transaction.getStore() !== undefined);
  }

  /** The client of the transaction that the caller runs in; outside of one, that of the pool. */
  get client(): TransactionClient {
    return this.#transaction.getStore() ?? this.#pool;
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#transaction.getStore()) return work();
    const options = {
      isolationLevel: Prisma.TransactionIsolationLevel.Serializable,
      maxWait: this.#settings.acquireTimeoutMs,
      timeout: this.#settings.statementTimeoutMs,
    };
    return retryWriteConflicts(() =>
      translateErrors(() =>
        this.#pool.$transaction((client) => this.#transaction.run(client, work), options),
      ),
    );
  }

  async checkReadiness(): Promise<void> {
    const tables = tablesOfSchema(this.#pool, this.#settings.schema);
    // Of the catalog, because a migration may lock the tables themselves.
    const [state] = await this.client.$queryRaw<{ isReadOnly: boolean; missing: string[] }[]>`
      SELECT current_setting('transaction_read_only')::boolean AS "isReadOnly",
             ARRAY(SELECT name FROM unnest(${tables}::text[]) AS name
                   WHERE to_regclass(name) IS NULL) AS missing`;
    const [table] = state?.missing ?? [];
    if (table !== undefined) {
      throw new UnavailableException(`The table ${table} is missing: apply the migrations`);
    }
    if (state?.isReadOnly) throw new UnavailableException('The database is read-only');
    await this.client.serviceContext.findFirst();
  }

  /** The names of the tables of the service, sorted. */
  async tableNames(): Promise<string[]> {
    const tables = await this.client.$queryRaw<{ name: string }[]>`
      SELECT tablename AS name FROM pg_tables
      WHERE schemaname = ${this.#settings.schema} ORDER BY tablename`;
    return tables.map(({ name }) => name);
  }

  close(): Promise<void> {
    return this.#pool.$disconnect();
  }
}

/** A statement that meets a write conflict runs again, unless it is part of a transaction. */
function createClient(settings: DatabaseSettings, isInTransaction: () => boolean) {
  return new PrismaClient({ adapter: createAdapter(settings), errorFormat: 'minimal' }).$extends({
    query: {
      $allOperations: ({ args, query }) => {
        const run = () =>
          translateErrors(async () => {
            const result: unknown = await query(args);
            return result;
          });
        return isInTransaction() ? run() : retryWriteConflicts(run);
      },
    },
  });
}

function createAdapter(settings: DatabaseSettings): PrismaPg {
  const poolOptions = {
    connectionString: settings.url,
    max: settings.poolSize,
    connectionTimeoutMillis: settings.acquireTimeoutMs,
    keepAlive: true,
    // Unlike the event "connect", this ends before the connection is used.
    verify: (client: ClientBase, done: (error?: Error) => void) => {
      setUpSession(client, settings).then(() => {
        done();
      }, done);
    },
  };
  return new PrismaPg(poolOptions, { schema: settings.schema });
}
