import { PrismaPg } from '@prisma/adapter-pg';
import type { Database } from '../../domain/ports/database.ts';
import { translateDatabaseError } from './database-errors.ts';
import { PrismaClient } from './generated/client.ts';

export interface DatabaseSettings {
  DATABASE_URL: string;
  DATABASE_POOL_SIZE: number;
  DATABASE_ACQUIRE_TIMEOUT_MS: number;
  DATABASE_STATEMENT_TIMEOUT_MS: number;
}

/** The connection pool of one instance and the Prisma client on it. */
export class PrismaDatabase implements Database {
  readonly client: ReturnType<typeof createClient>;

  constructor({ config }: { config: DatabaseSettings }) {
    this.client = createClient(config);
  }

  async ping(): Promise<void> {
    await this.client.$queryRaw`SELECT 1`;
  }

  close(): Promise<void> {
    return this.client.$disconnect();
  }
}

function createClient(settings: DatabaseSettings) {
  const adapter = new PrismaPg({
    connectionString: settings.DATABASE_URL,
    max: settings.DATABASE_POOL_SIZE,
    connectionTimeoutMillis: settings.DATABASE_ACQUIRE_TIMEOUT_MS,
    statement_timeout: settings.DATABASE_STATEMENT_TIMEOUT_MS,
    keepAlive: true,
  });
  return new PrismaClient({ adapter, errorFormat: 'minimal' }).$extends({
    query: {
      async $allOperations({ args, query }) {
        try {
          const result: unknown = await query(args);
          return result;
        } catch (error) {
          throw translateDatabaseError(error);
        }
      },
    },
  });
}
