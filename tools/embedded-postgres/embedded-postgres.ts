/** PostgreSQL without a server: PGlite (PostgreSQL in WebAssembly) behind a loopback socket. */
import { setFlagsFromString } from 'node:v8';
import type { PGlite, PGliteOptions } from '@electric-sql/pglite';

const HOST = '127.0.0.1';
const MAX_CONNECTIONS = 100;

/** An embedded PostgreSQL that accepts connections. */
export interface EmbeddedPostgres {
  readonly database: PGlite;
  readonly port: number;
  readonly url: string;
  close(): Promise<void>;
}

/**
 * Starts an embedded PostgreSQL on a free port.
 *
 * All its connections share one session and one database, so that settings and prepared statements of
 * one connection are visible to the others.
 *
 * @param options without a `dataDir` it lives in memory
 */
export async function startEmbeddedPostgres(
  options: PGliteOptions = {},
): Promise<EmbeddedPostgres> {
  // In development and tests, optimising the WebAssembly takes longer than it saves.
  setFlagsFromString('--liftoff-only');
  // Loaded only here: in production neither is installed.
  const [{ PGlite }, { PGLiteSocketServer }] = await Promise.all([
    import('@electric-sql/pglite'),
    import('@electric-sql/pglite-socket'),
  ]);
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

/** The connection string of an embedded PostgreSQL that listens on `port`. */
export function embeddedPostgresUrl(port: number): string {
  return `postgresql://postgres@${HOST}:${port}/postgres?sslmode=disable`;
}
