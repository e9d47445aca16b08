import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll } from 'vitest';
import { createApp } from '../../src/create-app.ts';
import type { LogDestination } from '../../src/http/logging.ts';
import { type Settings, testConfig } from './test-config.ts';
import { createTestDatabase } from './test-database.ts';

export const TOKEN = 'a-token-for-tests-only';

/**
 * The service as production makes it, on a database that belongs to the test file.
 *
 * @param settings environment variables that differ from the default
 * @param logDestination where the log goes, if LOG_LEVEL is set
 * @returns a function that gives the service, from `beforeAll` on
 */
export function useTestApp(
  settings: Settings = {},
  logDestination?: LogDestination,
): () => FastifyInstance {
  const closers: (() => Promise<unknown>)[] = [];
  let app: FastifyInstance | undefined;

  beforeAll(async () => {
    const database = await createTestDatabase();
    closers.unshift(() => database.close());
    const config = testConfig({ DATABASE_URL: database.url, ...settings });
    const created = await createApp(config, {}, logDestination);
    closers.unshift(() => created.close());
    app = created;
  });

  afterAll(async () => {
    for (const close of closers) await close();
  });

  return () => {
    if (app === undefined) throw new Error('The service is there from beforeAll on');
    return app;
  };
}

/** Changes the maintenance window over HTTP, with the token. */
export function patchServiceContext(app: FastifyInstance, payload: object, token = TOKEN) {
  return app.inject({
    method: 'PATCH',
    url: '/v1/service-context',
    headers: { authorization: `Bearer ${token}` },
    payload,
  });
}
