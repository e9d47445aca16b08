import { afterAll, describe, expect, it } from 'vitest';
import { createApp } from '../../../src/create-app.ts';
import { useTestApp } from '../../support/test-app.ts';
import { testConfig } from '../../support/test-config.ts';

describe('with a database', () => {
  const app = useTestApp();

  it.each(['/health/live', '/health/ready'])('%s answers 200', async (url) => {
    const response = await app().inject(url);

    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({ status: 'ok' });
  });
});

describe('without a database', async () => {
  const app = await createApp(testConfig({}));
  afterAll(() => app.close());

  it('/health/live answers 200: a restart would not help', async () => {
    expect((await app.inject('/health/live')).statusCode).toBe(200);
  });

  it('/health/ready answers 503', async () => {
    const response = await app.inject('/health/ready');

    expect(response.statusCode).toBe(503);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.json()).toMatchObject({ error_message: 'The database cannot be reached' });
  });
});
