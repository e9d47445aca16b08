import type { HTTPMethods } from 'fastify';
import { beforeEach, describe, expect, it } from 'vitest';
import { patchServiceContext, TOKEN, useTestApp } from '../../support/test-app.ts';

const ORIGIN = 'https://example.org';
const EXEMPT = ['/health/live', '/health/ready', '/v1/service-context'];

describe('while the maintenance window is open', () => {
  const app = useTestApp({ SERVICE_CONTEXT_TOKEN: TOKEN, CORS_ORIGINS: ORIGIN });

  beforeEach(async () => {
    await patchServiceContext(app(), { maintenance: true, retry_after_seconds: 7 });
  });

  it.each([
    ['GET', '/v1/unknown'],
    ['DELETE', '/v1/service-context'],
    ['GET', '/docs'],
    ['GET', '/docs/json'],
    ['GET', '/docs/static/swagger-ui.css'],
  ] as const)('%s %s answers 503', async (method, url) => {
    const response = await app().inject({ method, url });

    expect(response.statusCode).toBe(503);
    expect(response.headers).toMatchObject({
      'content-type': expect.stringContaining('application/problem+json') as string,
      'retry-after': '7',
      'cache-control': 'no-store',
    });
    expect(response.json()).toEqual({
      type: 'about:blank',
      title: 'Service Unavailable',
      status: 503,
      detail: 'Service is currently enduring maintenance',
      error_message: 'Service is currently enduring maintenance',
    });
  });

  it('every operation of the OpenAPI document answers 503 unless it is exempt', async () => {
    await patchServiceContext(app(), { maintenance: false });
    const { paths } = (await app().inject('/docs/json')).json<{ paths: Record<string, object> }>();
    await patchServiceContext(app(), { maintenance: true });

    for (const [path, operations] of Object.entries(paths)) {
      if (EXEMPT.includes(path)) continue;
      for (const method of Object.keys(operations)) {
        const url = path.replace(/\{\w+\}/g, '1');
        const { statusCode } = await app().inject({
          method: method as Uppercase<HTTPMethods>,
          url,
        });
        expect([method, path, statusCode]).toEqual([method, path, 503]);
      }
    }
  });

  it('lets a web page read the answer, and ask what it may send', async () => {
    const response = await app().inject({ url: '/v1/unknown', headers: { origin: ORIGIN } });
    const preflight = await app().inject({
      method: 'OPTIONS',
      url: '/v1/service-context',
      headers: { origin: ORIGIN, 'access-control-request-method': 'PATCH' },
    });

    expect(response.statusCode).toBe(503);
    expect(response.headers['access-control-allow-origin']).toBe(ORIGIN);
    expect(preflight.statusCode).toBe(204);
    expect(preflight.headers['access-control-allow-origin']).toBe(ORIGIN);
  });

  it.each(EXEMPT)('%s answers 200', async (url) => {
    expect((await app().inject(url)).statusCode).toBe(200);
  });

  it('can be closed over HTTP, and the same instance answers again at once', async () => {
    expect((await patchServiceContext(app(), { maintenance: false })).statusCode).toBe(200);

    expect((await app().inject('/docs/json')).statusCode).toBe(200);
  });
});

describe('with SERVICE_PREFIX=/example, while the maintenance window is open', () => {
  const app = useTestApp({ SERVICE_PREFIX: '/example' });

  beforeEach(async () => {
    await app().container.cradle.serviceContextService.change({ maintenance: true });
  });

  it.each([
    ['/example/v1/unknown', 503],
    ['/example/docs/json', 503],
    ['/example/v1/service-context', 200],
    ['/example/health/live', 200],
    ['/health/live', 200],
    ['/elsewhere', 404],
  ])('%s answers %d', async (url, status) => {
    expect((await app().inject(url)).statusCode).toBe(status);
  });
});
