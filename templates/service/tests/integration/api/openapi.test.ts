import { expect, it } from 'vitest';
import { useTestApp } from '../../support/test-app.ts';

const app = useTestApp();

it('serves the OpenAPI document', async () => {
  const response = await app().inject('/docs/json');

  expect(response.statusCode).toBe(200);
  expect(response.json()).toMatchObject({
    openapi: '3.1.0',
    servers: [{ url: '/' }],
    paths: { '/health/live': { get: {} }, '/health/ready': { get: {} } },
  });
});

it('serves Swagger UI', async () => {
  const response = await app().inject('/docs/');

  expect(response.statusCode).toBe(200);
  expect(response.headers['content-type']).toContain('text/html');
  expect(response.body).toContain('swagger-ui');
});
