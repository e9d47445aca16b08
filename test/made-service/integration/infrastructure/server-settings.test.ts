import type { FastifyInstance } from 'fastify';
import { escapeIdentifier } from 'pg';
import { beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { createApp } from '../../../src/create-app.ts';
import { runManagement } from '../../../src/management/run-management.ts';
import { migrate } from '../../support/migrate.ts';
import { query } from '../../support/query.ts';
import { testConfig } from '../../support/test-config.ts';
import { createEmptyDatabase, createTestDatabase } from '../../support/test-database.ts';

const TOKEN = 'a-token-for-tests-only';
const MINUTE_MS = 60_000;

const isEmbedded = inject('testServer').kind === 'embedded';
if (isEmbedded) console.warn('Skipped: the embedded PostgreSQL has neither roles nor sessions.');

async function startService(url: string): Promise<FastifyInstance> {
  const app = await createApp(testConfig({ DATABASE_URL: url, SERVICE_CONTEXT_TOKEN: TOKEN }));
  onTestFinished(() => app.close());
  await app.ready();
  return app;
}

async function createTodo(app: FastifyInstance, title: string): Promise<{ created_at: string }> {
  const response = await app.inject({ method: 'POST', url: '/v1/todo', payload: { title } });
  expect(response.statusCode).toBe(201);
  return response.json();
}

async function titles(app: FastifyInstance): Promise<string[]> {
  const { items } = (await app.inject('/v1/todo')).json<{ items: { title: string }[] }>();
  return items.map(({ title }) => title);
}

describe.skipIf(isEmbedded)('on a database with settings of its own', () => {
  let url: string;

  beforeAll(async () => {
    const database = await createTestDatabase();
    url = database.url;
    const name = escapeIdentifier(new URL(url).pathname.slice(1));
    await query(
      url,
      `ALTER DATABASE ${name} SET timezone = 'Asia/Kolkata';
       ALTER DATABASE ${name} SET intervalstyle = 'sql_standard';
       ALTER ROLE CURRENT_USER IN DATABASE ${name} SET datestyle = 'SQL, DMY';
       ALTER ROLE CURRENT_USER IN DATABASE ${name} SET search_path = other;
       ALTER ROLE CURRENT_USER IN DATABASE ${name} SET statement_timeout = 5000;
       CREATE SCHEMA other;
       CREATE TABLE other.todo (LIKE public.todo INCLUDING ALL)`,
    );
    return () => database.close();
  });

  it('other readers see the time that the service answers, which is now', async () => {
    const app = await startService(url);
    const { created_at: answered } = await createTodo(app, 'a');

    expect(Math.abs(Date.parse(answered) - Date.now())).toBeLessThan(MINUTE_MS);
    expect(
      await query(
        url,
        'SELECT (extract(epoch from created_at) * 1000)::float8 AS ms FROM public.todo',
      ),
    ).toEqual([{ ms: Date.parse(answered) }]);
  });

  it('the service writes the time of a change as it is, and reads what another wrote', async () => {
    const app = await startService(url);
    const response = await app.inject({
      method: 'PATCH',
      url: '/v1/service-context',
      headers: { authorization: `Bearer ${TOKEN}` },
      payload: { maintenance: false },
    });
    const { updated_at: answered } = response.json<{ updated_at: string }>();
    expect(Math.abs(Date.parse(answered) - Date.now())).toBeLessThan(MINUTE_MS);

    await query(
      url,
      `UPDATE public.service_context SET updated_at = timestamptz '2025-06-01 12:00:00+00'`,
    );
    expect((await app.inject('/v1/service-context')).json()).toMatchObject({
      updated_at: '2025-06-01T12:00:00.000Z',
    });
  });

  it('raw queries use the schema of the service and its limit of time', async () => {
    const app = await startService(url);
    const { client } = app.container.cradle.database;

    expect(
      await client.$queryRaw`
        SELECT current_schema()::text AS schema, to_regclass('todo')::text AS "table",
               current_setting('statement_timeout') AS timeout`,
    ).toEqual([{ schema: 'public', table: 'todo', timeout: '10min' }]);
  });
});

describe.skipIf(isEmbedded)('with ?schema=app in DATABASE_URL', () => {
  let url: string;
  let appUrl: string;

  beforeAll(async () => {
    const database = await createEmptyDatabase();
    url = database.url;
    appUrl = `${url}?schema=app`;
    await migrate(url);
    await migrate(appUrl);
    return () => database.close();
  });

  it('service, migrations and management use that schema only', async () => {
    await query(url, "INSERT INTO public.todo (title) VALUES ('of public')");
    const app = await startService(appUrl);
    await createTodo(app, 'of app');

    expect(await titles(app)).toEqual(['of app']);
    expect(await query(url, 'SELECT title FROM app.todo')).toEqual([{ title: 'of app' }]);
    expect(await titles(await startService(url))).toEqual(['of public']);
  });

  it('migrate-in-window reads the history of that schema', async () => {
    await query(url, 'DROP TABLE public._prisma_migrations');
    const log = vi.spyOn(console, 'log').mockReturnValue();

    expect(await runManagement(['migrate-in-window'], { DATABASE_URL: appUrl })).toBe(0);
    expect(log.mock.calls).toEqual([['No pending migrations.']]);
  });
});
