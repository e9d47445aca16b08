import { Client } from 'pg';
import { UnavailableException } from '../../domain/exceptions.ts';
import { setUpSession } from './session.ts';

interface ConnectionSettings {
  directUrl: string;
  schema: string;
  acquireTimeoutMs: number;
}

/** A migration that was started on this database and not rolled back. */
export interface MigrationRecord {
  id: string;
  /** The name of its folder. */
  name: string;
  startedAt: Date;
  /** False while it is being applied, and after it failed or was killed. */
  isFinished: boolean;
}

/** An arbitrary number that means "migrate-in-window is running on this database". */
const WINDOW_LOCK = 502_884_197;
/** The one that Prisma Migrate holds while it applies migrations. */
const PRISMA_LOCK = 72_707_369;
/** Other clients of a pooler may hide for a while that sessions are shared. */
const POOLER_ROUNDS = 10;

/**
 * The table in which Prisma Migrate records what it applied, on a connection of its own, because the
 * lock lives as long as the connection.
 */
export class MigrationHistory {
  readonly #settings: ConnectionSettings;
  #client: Client | undefined;

  constructor({ config }: { config: { database: ConnectionSettings } }) {
    this.#settings = config.database;
  }

  /** @throws {UnavailableException} when the database cannot be reached */
  async connect(): Promise<void> {
    this.#client = await this.#open();
  }

  /**
   * Whether all statements run in one session of the server, which holds its locks. A connection
   * pooler in transaction mode runs each in whichever session is free.
   */
  async hasOwnSession(): Promise<boolean> {
    const client = this.#connected;
    const own = await backendOf(client);
    // The server announced it itself. A pooler announces numbers of its own.
    if ('processID' in client && client.processID === own) return true;
    const other = await this.#open();
    try {
      // Twice in turn, because some poolers take the session that was free longest.
      for (let round = 0; round < POOLER_ROUNDS; round += 1) {
        if ((await backendOf(other)) === own) return false;
        if ((await backendOf(client)) !== own) return false;
        if ((await backendOf(client)) !== own) return false;
      }
      return true;
    } finally {
      await other.end();
    }
  }

  /** Locks out other runs until the connection closes; false if one is running. */
  async lock(): Promise<boolean> {
    return await this.#tryLock(WINDOW_LOCK);
  }

  /** Whether migrations are being applied at this moment. */
  async isMigrating(): Promise<boolean> {
    if (!(await this.#tryLock(PRISMA_LOCK))) return true;
    await this.#connected.query('SELECT pg_advisory_unlock($1)', [PRISMA_LOCK]);
    return false;
  }

  /** What was started and not rolled back, oldest first. */
  async read(): Promise<MigrationRecord[]> {
    const { rows } = await this.#connected.query<{ exists: boolean }>(
      "SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists",
    );
    if (!rows[0]?.exists) return [];
    const records = await this.#connected.query<MigrationRecord>(
      `SELECT id, migration_name AS name, started_at AS "startedAt",
              finished_at IS NOT NULL AS "isFinished"
       FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at, migration_name`,
    );
    return records.rows;
  }

  /** Runs a script and marks its migration as rolled back, in one transaction. */
  async rollBack({ id }: MigrationRecord, script: string): Promise<void> {
    const client = this.#connected;
    await client.query('BEGIN');
    try {
      await client.query(script);
      await client.query('UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = $1', [
        id,
      ]);
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#client?.end();
  }

  async #open(): Promise<Client> {
    const client = new Client({
      connectionString: this.#settings.directUrl,
      connectionTimeoutMillis: this.#settings.acquireTimeoutMs,
      // Gateways drop connections that idle during a long migration.
      keepAlive: true,
      keepAliveInitialDelayMillis: 30_000,
    });
    // The next query reports a lost connection.
    client.on('error', () => undefined);
    try {
      await client.connect();
      await setUpSession(client, this.#settings);
      return client;
    } catch (error) {
      throw new UnavailableException('The database cannot be reached', { cause: error });
    }
  }

  get #connected(): Client {
    if (this.#client === undefined) throw new Error('connect() comes first');
    return this.#client;
  }

  async #tryLock(key: number): Promise<boolean> {
    const { rows } = await this.#connected.query<{ locked: boolean }>(
      'SELECT pg_try_advisory_lock($1) AS locked',
      [key],
    );
    return rows[0]?.locked === true;
  }
}

/** The number of the server's process that runs a statement. */
async function backendOf(client: Client): Promise<number | undefined> {
  const { rows } = await client.query<{ pid: number }>('SELECT pg_backend_pid() AS pid');
  return rows[0]?.pid;
}
