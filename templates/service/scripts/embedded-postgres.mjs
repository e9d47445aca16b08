/** PostgreSQL without a server: PGlite (PostgreSQL in WebAssembly) behind a loopback socket. */
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

const HOST = '127.0.0.1';
const MAX_CONNECTIONS = 100;

/**
 * Starts an embedded PostgreSQL on a free port.
 *
 * All its connections share one session and one database, so that settings and prepared names of
 * one connection are seen by the others.
 *
 * @param {import('@electric-sql/pglite').PGliteOptions} [options] in memory unless they name a `dataDir`
 */
export async function startEmbeddedPostgres(options = {}) {
  const database = await PGlite.create(options);
  const server = new PGLiteSocketServer({
    db: database,
    host: HOST,
    port: 0,
    maxConnections: MAX_CONNECTIONS,
  });
  await server.start();
  const port = Number(server.getServerConn().split(':').at(-1));
  return {
    database,
    port,
    url: embeddedPostgresUrl(port),
    async close() {
      await server.stop();
      await database.close();
    },
  };
}

/**
 * The connection string of an embedded PostgreSQL that listens on `port`.
 *
 * @param {number} port
 */
export function embeddedPostgresUrl(port) {
  return `postgresql://postgres@${HOST}:${port}/postgres?sslmode=disable`;
}
