import type pg from 'pg';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
} from '../embedded-postgres/embedded-postgres.ts';
import {
  connect,
  type ConnectionTarget,
  DEFAULT_SCHEMA,
  parseConnectionString,
} from './connection.ts';

/** A schema that exists while the engine uses the database, and after a crash. */
const MARKER = 'prisma_shadow_database_in_use';

const OBJECTS_LISTED = 5;

/** Everything that emptying removes: what `DROP` calls it, and its name. The order is that of removal. */
const CONTENT = `
  SELECT kind, name
  FROM (
    SELECT 1, 'event trigger', quote_ident(evtname) FROM pg_event_trigger
    UNION ALL
    SELECT 2, 'publication', quote_ident(pubname) FROM pg_publication
    UNION ALL
    SELECT 3, 'extension', quote_ident(extname) FROM pg_extension WHERE extname <> 'plpgsql'
    UNION ALL
    SELECT 4, 'foreign data wrapper', quote_ident(fdwname) FROM pg_foreign_data_wrapper
    UNION ALL
    SELECT 5, 'schema', quote_ident(nspname)
    FROM pg_namespace
    WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public', '${MARKER}')
    UNION ALL
    SELECT
      CASE type WHEN 'table' THEN 6 ELSE 7 END,
      CASE type WHEN 'statistics object' THEN 'statistics' ELSE type END,
      identity
    FROM pg_depend, pg_identify_object(classid, objid, 0)
    WHERE refclassid = 'pg_namespace'::regclass
      AND refobjid = to_regnamespace('public')
      AND type <> 'default acl'
  ) AS content (position, kind, name)
  ORDER BY position, kind, name
`;

const EMPTY_DATABASE = `
  DO $$
    DECLARE
      object record;
    BEGIN
      FOR object IN ${CONTENT} LOOP
        EXECUTE format('DROP %s IF EXISTS %s CASCADE', object.kind, object.name);
      END LOOP;
    END
  $$;
  CREATE SCHEMA IF NOT EXISTS public;
`;

/** The connection strings of prisma.config.ts. */
export interface Datasource {
  url?: string;
  shadowDatabaseUrl?: string;
}

/**
 * The database on which the engine tries migrations: the one that the configuration names, else an
 * embedded one that lasts as long as this process.
 */
export class ShadowDatabase {
  readonly #datasource: Datasource;
  #server: Promise<EmbeddedPostgres> | undefined;
  #claims = 0;

  constructor(datasource: Datasource) {
    this.#datasource = datasource;
  }

  /** The schema that the tables belong to: that of the main database, if there is one. */
  get schema(): string {
    const url = this.#datasource.url || this.#datasource.shadowDatabaseUrl;
    return url ? parseConnectionString(url).schema : DEFAULT_SCHEMA;
  }

  /** Prepares the empty database for use; refuses one that holds what the engine did not create. */
  async claim(): Promise<ConnectionTarget> {
    const target = await this.#target();
    await withPool(target, async (pool) => {
      if (await isMarked(pool)) await pool.query(EMPTY_DATABASE);
      else {
        await requireEmpty(pool, target);
        await pool.query(`CREATE SCHEMA ${MARKER}`);
      }
    });
    this.#claims++;
    return target;
  }

  /** Removes everything that the engine created. */
  async release(): Promise<void> {
    this.#claims--;
    const removeMarker = this.#claims === 0 ? `DROP SCHEMA ${MARKER};` : '';
    await withPool(await this.#target(), async (pool) => {
      await pool.query(`${EMPTY_DATABASE} ${removeMarker}`);
    });
  }

  async close(): Promise<void> {
    const server = await this.#server;
    await server?.close();
  }

  async #target(): Promise<ConnectionTarget> {
    const { url } = this.#datasource;
    const main = url ? parseConnectionString(url) : undefined;
    const shadow = parseConnectionString(await this.#url());
    if (main?.address === shadow.address && main.database === shadow.database) {
      throw new Error(
        'The shadow database you configured appears to be the same as the main database. ' +
          'Please specify another shadow database.',
      );
    }
    return { ...shadow, schema: this.schema };
  }

  async #url(): Promise<string> {
    const { shadowDatabaseUrl } = this.#datasource;
    if (shadowDatabaseUrl) return shadowDatabaseUrl;
    const { url } = await (this.#server ??= startEmbeddedPostgres());
    return url;
  }
}

async function isMarked(pool: pg.Pool): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT WHERE to_regnamespace($1) IS NOT NULL', [MARKER]);
  return rowCount === 1;
}

async function requireEmpty(pool: pg.Pool, { database, address }: ConnectionTarget): Promise<void> {
  const { rows } = await pool.query<{ kind: string; name: string }>(CONTENT);
  if (rows.length === 0) return;
  const listed = rows.slice(0, OBJECTS_LISTED).map(({ kind, name }) => `${kind} ${name}`);
  if (rows.length > OBJECTS_LISTED) listed.push('…');
  throw new Error(
    `The shadow database \`${database}\` at \`${address}\` is not empty (${listed.join(', ')}). ` +
      'Prisma would delete everything in it: specify a database that is empty.',
  );
}

async function withPool(
  target: ConnectionTarget,
  action: (pool: pg.Pool) => Promise<void>,
): Promise<void> {
  const pool = await connect(target);
  try {
    await action(pool);
  } finally {
    await pool.end();
  }
}
