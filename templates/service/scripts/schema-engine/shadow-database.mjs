import { connect, parseConnectionString } from './connection.mjs';

/** @typedef {import('./connection.mjs').ConnectionTarget} ConnectionTarget */

const HAS_BEEN_MIGRATED = `SELECT 1 FROM pg_tables WHERE tablename = '_prisma_migrations'`;

const EMPTY_DATABASE = `
  DO $$
    DECLARE
      name text;
    BEGIN
      FOR name IN
        SELECT nspname FROM pg_namespace
        WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' AND pg_has_role(nspowner, 'USAGE')
      LOOP
        EXECUTE format('DROP SCHEMA %I CASCADE', name);
      END LOOP;
    END
  $$;
  CREATE SCHEMA IF NOT EXISTS public;
`;

/**
 * The database that the engine tries migrations on: the one that the configuration names, else an
 * embedded one that lasts as long as this process.
 */
export class ShadowDatabase {
  #datasource;
  /** @type {ReturnType<typeof import('../embedded-postgres.mjs').startEmbeddedPostgres> | undefined} */
  #server;

  /** @param {import('./engine-session.mjs').Datasource} datasource */
  constructor(datasource) {
    this.#datasource = datasource;
  }

  /** @returns {Promise<ConnectionTarget>} */
  async target() {
    const { url, shadowDatabaseUrl } = this.#datasource;
    const main = url ? parseConnectionString(url) : undefined;
    if (!shadowDatabaseUrl) return await this.#embedded(main);
    const shadow = parseConnectionString(shadowDatabaseUrl);
    if (main?.address === shadow.address && main.database === shadow.database) {
      throw new Error(
        'The shadow database you configured appears to be the same as the main database. ' +
          'Please specify another shadow database.',
      );
    }
    return shadow;
  }

  /** Removes what the last use left. */
  async emptied() {
    const target = await this.target();
    const pool = await connect(target);
    try {
      const { rowCount } = await pool.query(HAS_BEEN_MIGRATED);
      if (rowCount) {
        throw new Error(
          'The shadow database you configured holds a history of migrations, so it is in use for ' +
            'something else. It would be emptied: please specify another one.',
        );
      }
      await pool.query(EMPTY_DATABASE);
    } finally {
      await pool.end();
    }
    return target;
  }

  async close() {
    const server = await this.#server;
    await server?.close();
  }

  /** @param {ConnectionTarget | undefined} main */
  async #embedded(main) {
    // Loaded only here: in production it is not installed.
    const { startEmbeddedPostgres } = await import('../embedded-postgres.mjs');
    const { url } = await (this.#server ??= startEmbeddedPostgres());
    const target = parseConnectionString(url);
    return { ...target, schema: main?.schema ?? target.schema };
  }
}
