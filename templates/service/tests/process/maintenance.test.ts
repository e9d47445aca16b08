import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ServerProcess, startServer } from '../support/programs.ts';
import { createTestDatabase } from '../support/test-database.ts';

const TOKEN = 'a-token-for-tests-only';
const closers: (() => Promise<unknown>)[] = [];
let environment: NodeJS.ProcessEnv;
let first: ServerProcess;
let second: ServerProcess;

async function start(): Promise<ServerProcess> {
  const server = await startServer(environment);
  closers.unshift(() => server.kill());
  return server;
}

beforeAll(async () => {
  const database = await createTestDatabase();
  closers.unshift(() => database.close());
  environment = {
    DATABASE_URL: database.url,
    SERVICE_CONTEXT_TOKEN: TOKEN,
    MAINTENANCE_POLL_MS: '100',
  };
  [first, second] = await Promise.all([start(), start()]);
});

afterAll(async () => {
  for (const close of closers) await close();
});

function patch({ url }: ServerProcess, change: object): Promise<Response> {
  return fetch(`${url}/v1/service-context`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify(change),
  });
}

async function status({ url }: ServerProcess, path = '/docs/json'): Promise<number> {
  const response = await fetch(`${url}${path}`);
  await response.arrayBuffer();
  return response.status;
}

it('the window holds for all instances, survives restarts and is closed over HTTP', async () => {
  expect([await status(first), await status(second)]).toEqual([200, 200]);

  expect((await patch(first, { maintenance: true, reason: 'New disks' })).status).toBe(200);
  expect(await status(first)).toBe(503);
  await expect.poll(() => status(second)).toBe(503);
  expect(await status(second, '/health/live')).toBe(200);

  first.signal('SIGTERM');
  expect(await first.exit).toBe(0);
  const restarted = await start();
  expect(await status(restarted)).toBe(503);

  expect((await patch(restarted, { maintenance: false })).status).toBe(200);
  expect(await status(restarted)).toBe(200);
  await expect.poll(() => status(second)).toBe(200);
});
