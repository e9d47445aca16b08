import { AsyncLocalStorage } from 'node:async_hooks';
import { PrismaPg } from '@prisma/adapter-pg';
import type { ITXClientDenyList } from '@prisma/client/runtime/client';
import type { Database } from '../../domain/ports/database.ts';
import type { UnitOfWork } from '../../domain/ports/unit-of-work.ts';
import { translateErrors } from './database-errors.ts';
import { Prisma, PrismaClient } from './generated/client.ts';
import { retryWriteConflicts } from './retry-write-conflicts.ts';

export interface DatabaseSettings {
  DATABASE_URL: string;
  DATABASE_POOL_SIZE: number;
  DATABASE_ACQUIRE_TIMEOUT_MS: number;
  DATABASE_STATEMENT_TIMEOUT_MS: number;
}

type PoolClient = ReturnType<typeof perform>;
type TransactionClient = Omit<PoolClient, ITXClientDenyList>;

/** The connection pool of one instance and the Prisma client on it. */
export class PrismaDatabase implements Database, UnitOfWork {
  readonly #pool: PoolClient;
  /** The pool for single statements: one that met a write conflict runs again. */
  readonly #statements: TransactionClient;
  readonly #transaction = new AsyncLocalStorage<TransactionClient>();
  readonly #transactionOptions;

  constructor({ config }: { config: DatabaseSettings }) {
    const client = createClient(config);
    this.#pool = perform(client, translateErrors);
    this.#statements = perform(client, (run) => retryWriteConflicts(() => translateErrors(run)));
    this.#transactionOptions = {
      isolationLevel: Prisma.TransactionIsolationLevel.Serializable,
      maxWait: config.DATABASE_ACQUIRE_TIMEOUT_MS,
      timeout: config.DATABASE_STATEMENT_TIMEOUT_MS,
    };
  }

  /** The client of the transaction that the caller runs in; outside of one, that of the pool. */
  get client(): TransactionClient {
    return this.#transaction.getStore() ?? this.#statements;
  }

  async run<Result>(work: () => Promise<Result>): Promise<Result> {
    if (this.#transaction.getStore()) return work();
    return retryWriteConflicts(() =>
      translateErrors(() =>
        this.#pool.$transaction(
          (client) => this.#transaction.run(client, work),
          this.#transactionOptions,
        ),
      ),
    );
  }

  async ping(): Promise<void> {
    await this.client.$queryRaw`SELECT 1`;
  }

  /** The names of the tables in the default schema, sorted. */
  async tableNames(): Promise<string[]> {
    const tables = await this.client.$queryRaw<{ name: string }[]>`
      SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY tablename`;
    return tables.map(({ name }) => name);
  }

  close(): Promise<void> {
    return this.#pool.$disconnect();
  }
}

function createClient(settings: DatabaseSettings): PrismaClient {
  const adapter = new PrismaPg({
    connectionString: settings.DATABASE_URL,
    max: settings.DATABASE_POOL_SIZE,
    connectionTimeoutMillis: settings.DATABASE_ACQUIRE_TIMEOUT_MS,
    statement_timeout: settings.DATABASE_STATEMENT_TIMEOUT_MS,
    keepAlive: true,
  });
  return new PrismaClient({ adapter, errorFormat: 'minimal' });
}

/** The client with all that it does performed in the given way. */
function perform(client: PrismaClient, how: (run: () => Promise<unknown>) => Promise<unknown>) {
  return client.$extends({
    query: {
      $allOperations: ({ args, query }) =>
        how(async () => {
          const result: unknown = await query(args);
          return result;
        }),
    },
  });
}
