import { describe, expect, it } from 'vitest';
import { useTestApp } from '../../support/test-app.ts';

const root = useTestApp({ SERVICE_PREFIX: '/' });

describe('with SERVICE_PREFIX=/example', () => {
  const app = useTestApp({ SERVICE_PREFIX: '/example' });

  it.each(['/example/health/live', '/health/live', '/example/docs/json'])(
    '%s answers 200',
    async (url) => {
      expect((await app().inject(url)).statusCode).toBe(200);
    },
  );

  it.each(['/', '/v1/todo', '/docs', '/examples', '/exampleX/v1/todo', '/EXAMPLE/v1/todo'])(
    '%s does not belong to the service',
    async (url) => {
      const response = await app().inject(url);

      expect(response.statusCode).toBe(404);
      expect(response.headers['content-type']).toContain('text/plain');
      expect(response.body).toBe('This url does not belong to the app.');
    },
  );

  it('answers an unknown path under the prefix with a problem', async () => {
    const response = await app().inject('/example/v1/unknown');

    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({ error_message: 'There is no GET /example/v1/unknown' });
  });

  it('names the prefix in the OpenAPI document, and does not repeat it in the paths', async () => {
    const document: unknown = (await app().inject('/example/docs/json')).json();

    expect(document).toMatchObject({
      servers: [{ url: '/example' }],
      paths: { '/health/live': {} },
    });
  });
});

it('SERVICE_PREFIX=/ means no prefix, whatever the default is', async () => {
  const response = await root().inject('/v1/unknown');

  expect((await root().inject('/health/live')).statusCode).toBe(200);
  expect(response.json()).toMatchObject({ error_message: 'There is no GET /v1/unknown' });
});
