import { asValue } from 'awilix';
import type { FastifyInstance } from 'fastify';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { createApp } from '../../../src/create-app.ts';
import { ServiceContext } from '../../../src/domain/models/service-context.ts';
import { useTestApp } from '../../support/test-app.ts';
import { testConfig } from '../../support/test-config.ts';
import { createEmptyDatabase } from '../../support/test-database.ts';

async function expectNotReady(app: FastifyInstance, reason: string | RegExp): Promise<void> {
  const response = await app.inject('/health/ready');

  expect(response.statusCode).toBe(503);
  expect(response.headers['content-type']).toContain('application/problem+json');
  expect(response.json<{ error_message: string }>().error_message).toMatch(reason);
}

describe('with a database', () => {
  const app = useTestApp({ DATABASE_POOL_SIZE: 1 });

  it.each(['/health/live', '/health/ready'])('%s answers 200', async (url) => {
    const response = await app().inject(url);

    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ status: 'ok' });
  });

  it('/health/ready answers 503 while any table of the Prisma schema is missing', async () => {
    const { database } = app().container.cradle;
    const tables = (await database.tableNames()).filter((table) => !table.startsWith('_'));
    for (const table of tables) {
      await database.client.$executeRawUnsafe(`ALTER TABLE "${table}" RENAME TO renamed`);
      await expectNotReady(app(), `The table "public"."${table}" is missing: apply the migrations`);

      await database.client.$executeRawUnsafe(`ALTER TABLE renamed RENAME TO "${table}"`);
      expect((await app().inject('/health/ready')).statusCode).toBe(200);
    }
  });

  it('/health/ready answers 503 while the database is read-only', async () => {
    const { client } = app().container.cradle.database;
    await client.$executeRaw`SET default_transaction_read_only = on`;
    await expectNotReady(app(), 'The database is read-only');

    await client.$executeRaw`SET default_transaction_read_only = off`;
    expect((await app().inject('/health/ready')).statusCode).toBe(200);
  });

  it('/health/ready answers 503 until the maintenance window was read once', async () => {
    let read: () => Promise<ServiceContext> = () => Promise.reject(new Error('unreadable'));
    const DATABASE_URL = app().container.cradle.config.database.url;
    const instance = await createApp(testConfig({ DATABASE_URL, DATABASE_POOL_SIZE: 1 }), {
      serviceContextRepository: asValue({ get: () => read(), update: () => read() }),
    });
    onTestFinished(() => instance.close());
    await expectNotReady(instance, 'The database cannot be used');

    const fields = { maintenance: true, reason: null, retryAfterSeconds: 1, updatedAt: new Date() };
    read = async () => new ServiceContext(fields);
    expect((await instance.inject('/health/ready')).statusCode).toBe(200);
  });
});

it('/health/ready answers 503 before the migrations are applied', async () => {
  const database = await createEmptyDatabase();
  onTestFinished(() => database.close());
  const app = await createApp(testConfig({ DATABASE_URL: database.url }));
  onTestFinished(() => app.close());

  await expectNotReady(app, /^The table "public"\."\w+" is missing: apply the migrations$/);
});

describe('without a database', async () => {
  const app = await createApp(testConfig({}));
  afterAll(() => app.close());

  it('/health/live answers 200: a restart would not help', async () => {
    expect((await app.inject('/health/live')).statusCode).toBe(200);
  });

  it('/health/ready answers 503', async () => {
    await expectNotReady(app, 'The database cannot be reached');
  });
});
