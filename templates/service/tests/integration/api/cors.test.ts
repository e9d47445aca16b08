import { describe, expect, it } from 'vitest';
import { useTestApp } from '../../support/test-app.ts';

const ORIGIN = 'https://app.example.com';
const app = useTestApp({
  CORS_ORIGINS: `http://localhost:5173,${ORIGIN}`,
  SERVICE_PREFIX: '/example',
});

/** The headers of an answer that concern other origins. */
async function corsHeaders(options: { method?: 'GET' | 'OPTIONS'; url: string; origin?: string }) {
  const { method = 'GET', url, origin = ORIGIN } = options;
  const preflight = method === 'OPTIONS' && { 'access-control-request-method': 'GET' };
  const { headers, statusCode } = await app().inject({
    method,
    url,
    headers: { origin, ...preflight },
  });
  const names = Object.keys(headers).filter((name) => name.startsWith('access-control-'));
  return { statusCode, headers: Object.fromEntries(names.map((name) => [name, headers[name]])) };
}

const ALLOWED = {
  'access-control-allow-origin': ORIGIN,
  'access-control-allow-credentials': 'true',
  'access-control-expose-headers':
    'ETag, Location, Retry-After, X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset, X-Request-Id',
};

describe('an allowed origin', () => {
  it.each(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'])('may %s', async (method) => {
    const response = await app().inject({
      method: 'OPTIONS',
      url: '/example/v1/anything',
      headers: {
        origin: ORIGIN,
        'access-control-request-method': method,
        'access-control-request-headers': 'authorization, content-type, if-match',
      },
    });

    expect(response.statusCode).toBe(204);
    expect(response.headers).toMatchObject({
      ...ALLOWED,
      'access-control-allow-headers': 'authorization, content-type, if-match',
    });
    const methods = String(response.headers['access-control-allow-methods']).split(', ');
    expect(methods).toContain(method);
  });

  it('is answered to OPTIONS without a method as to a preflight', async () => {
    const response = await app().inject({
      method: 'OPTIONS',
      url: '/example/v1/anything',
      headers: { origin: ORIGIN },
    });

    expect(response.statusCode).toBe(204);
    expect(response.headers).toMatchObject(ALLOWED);
  });

  it.each([
    ['an answer', '/example/health/live', 200],
    ['an error', '/example/unknown', 404],
  ])('may read %s', async (_title, url, statusCode) => {
    expect(await corsHeaders({ url })).toEqual({ statusCode, headers: ALLOWED });
  });
});

describe.each(['https://evil.example.com', 'null', `${ORIGIN}.evil.com`, 'http://app.example.com'])(
  'the foreign origin %s',
  (origin) => {
    it('may read nothing', async () => {
      expect(await corsHeaders({ url: '/example/health/live', origin })).toEqual({
        statusCode: 200,
        headers: {},
      });
    });

    it('gets no answer to a preflight', async () => {
      const url = '/example/health/live';

      expect(await corsHeaders({ method: 'OPTIONS', url, origin })).toEqual({
        statusCode: 404,
        headers: {},
      });
    });
  },
);

describe('a client that asks too often', () => {
  const limitedApp = useTestApp({ CORS_ORIGINS: ORIGIN, RATE_LIMIT_MAX: 1 });

  it('may read so', async () => {
    const ask = () => limitedApp().inject({ url: '/unknown', headers: { origin: ORIGIN } });
    await ask();
    const response = await ask();

    expect(response.statusCode).toBe(429);
    expect(response.headers).toMatchObject(ALLOWED);
  });
});

describe('without CORS_ORIGINS', () => {
  const closedApp = useTestApp();

  it('every origin is foreign', async () => {
    const { headers } = await closedApp().inject({
      url: '/health/live',
      headers: { origin: ORIGIN },
    });

    expect(headers).not.toHaveProperty('access-control-allow-origin');
  });
});
