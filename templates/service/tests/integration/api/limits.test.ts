import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { beforeAll, describe, expect, it } from 'vitest';
import { patchServiceContext, TOKEN, useTestApp } from '../../support/test-app.ts';

describe('a body', () => {
  const app = useTestApp({ BODY_LIMIT_BYTES: 20 });

  it.each([
    ['that is as large as the limit is read', 20, 404],
    ['that is larger is refused', 21, 413],
  ])('%s', async (_title, bytes, status) => {
    const response = await app().inject({
      method: 'POST',
      url: '/unknown',
      headers: { 'content-type': 'application/json' },
      payload: `"${'x'.repeat(bytes - 2)}"`,
    });

    expect(response.statusCode).toBe(status);
    expect(response.headers['content-type']).toContain('application/problem+json');
  });
});

describe('a handler that takes too long', () => {
  const app = useTestApp({ HANDLER_TIMEOUT_MS: 50 });
  beforeAll(() => {
    app().get('/endless', () => new Promise(() => undefined));
  });

  it('is answered with 503', async () => {
    const response = await app().inject('/endless');

    expect(response.statusCode).toBe(503);
    expect(response.headers['retry-after']).toBe('5');
    expect(response.json()).toMatchObject({ error_message: 'The answer took too long' });
  });
});

const CLOSE = 'Connection: close\r\n\r\n';
const GET = 'GET / HTTP/1.1\r\nHost: test\r\n';
const POST = 'POST / HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n';

describe('a connection', () => {
  const app = useTestApp({ REQUEST_TIMEOUT_MS: 100 });
  beforeAll(async () => {
    await app().listen({ host: '127.0.0.1', port: 0 });
  });

  it.each([
    ['half a head is given up', 'GET / HTTP/1.1\r\nHost: test\r\n', 408],
    ['half a body is given up', `${POST}Content-Length: 9\r\n\r\n{`, 408],
    ['too large a head is refused', `GET /${'x'.repeat(20_000)} HTTP/1.1\r\n\r\n`, 431],
    ['something else than HTTP is refused', 'Hello!\r\n\r\n', 400],
    ['no Host is refused', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n', 400],
    ['two Hosts is refused', `GET / HTTP/1.1\r\nHost: a\r\nhost: a\r\n${CLOSE}`, 400],
    ['an unknown expectation is refused', `${GET}Expect: tea\r\n${CLOSE}`, 417],
    ['an unknown method is refused', `PROPFIND / HTTP/1.1\r\nHost: test\r\n${CLOSE}`, 404],
    [
      'OPTIONS for the whole server is refused',
      `OPTIONS * HTTP/1.1\r\nHost: test\r\n${CLOSE}`,
      404,
    ],
    ['an upgrade is refused', `${GET}Connection: upgrade\r\nUpgrade: h2c\r\n${CLOSE}`, 404],
    ['two lengths is refused', `${POST}Content-Length: 1\r\nContent-Length: 2\r\n\r\n`, 400],
    ['another version of HTTP is refused', 'GET / HTTP/9.9\r\nHost: test\r\n\r\n', 400],
  ])('with %s', async (_title, sent, status) => {
    const { port } = app().server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    socket.write(sent);
    const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');

    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toMatch(/^Content-Type: application\/problem\+json/im);
    expect(JSON.parse(body)).toMatchObject({ status });
  });
});

describe('the rate limit', () => {
  const app = useTestApp({ RATE_LIMIT_MAX: 2, TRUST_PROXY: 'loopback' });

  it('is for each client, and not for health', async () => {
    const statuses = async (url: string, client: string) => {
      const headers = { 'x-forwarded-for': client };
      const answers = [];
      for (let count = 1; count <= 3; count += 1)
        answers.push(await app().inject({ url, headers }));
      return answers.map(({ statusCode }) => statusCode);
    };

    expect(await statuses('/docs/json', '192.0.2.1')).toEqual([200, 200, 429]);
    expect(await statuses('/unknown', '192.0.2.1')).toEqual([429, 429, 429]);
    expect(await statuses('/unknown', '192.0.2.2')).toEqual([404, 404, 429]);
    expect(await statuses('/health/live', '192.0.2.1')).toEqual([200, 200, 200]);
    expect(await statuses('/health/ready', '192.0.2.1')).toEqual([200, 200, 200]);
  });

  it.each([
    ['the port of a client', ['192.0.2.10:1001', '192.0.2.10:1002', '192.0.2.10']],
    ['the port after IPv6', ['[2001:db8:a::1]:1', '[2001:db8:a::1]:2', '2001:db8:a::1']],
    ['the notation of IPv6', ['2001:db8:b::', '2001:DB8:B:0:0::0', '2001:0db8:000b::1.2.3.4']],
    [
      'the half of IPv6 that a client chooses',
      ['2001:db8:c::1', '2001:db8:c::2:3', '2001:db8:c:0:9::'],
    ],
    ['an IPv4 address in IPv6', ['192.0.2.11', '::ffff:192.0.2.11', '::FFFF:192.0.2.11']],
    [
      'what a client claims',
      ['203.0.113.1, 192.0.2.12', '203.0.113.2, 192.0.2.12:1', 'x, 192.0.2.12'],
    ],
    [
      'the ports of trusted proxies',
      ['192.0.2.13, 127.0.0.1:1', '192.0.2.13, 127.0.0.1:2', '192.0.2.13'],
    ],
    ['what is no address', ['unknown', '', '999.1.1.1', ':80', '[::1', 'a, _hidden:1, 127.0.0.1']],
  ])('is not evaded by %s', async (_title, values) => {
    const answers = [];
    for (const value of values) {
      answers.push(await app().inject({ url: '/unknown', headers: { 'x-forwarded-for': value } }));
    }

    expect(answers.map(({ statusCode }) => statusCode)).toEqual(
      values.map((_value, index) => (index < 2 ? 404 : 429)),
    );
  });

  it.each([
    ['2001:db8:d::1', '2001:db8:d:1::1'],
    ['192.0.2.14', '192.0.2.15'],
  ])('tells %s from %s', async (one, other) => {
    const remaining = async (client: string) => {
      const headers = { 'x-forwarded-for': client };
      const answer = await app().inject({ url: '/unknown', headers });
      return answer.headers['x-ratelimit-remaining'];
    };

    expect([await remaining(one), await remaining(other)]).toEqual(['1', '1']);
  });

  it('says what is wrong, and when to try again', async () => {
    const ask = () => app().inject({ url: '/unknown', remoteAddress: '192.0.2.16' });
    await Promise.all([ask(), ask()]);
    const response = await ask();

    expect(response.statusCode).toBe(429);
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.json()).toMatchObject({
      error_message: 'Too many requests; try again later',
    });
  });
});

describe('an operator', () => {
  const app = useTestApp({ RATE_LIMIT_MAX: 1, SERVICE_CONTEXT_TOKEN: TOKEN });

  it('can close the maintenance window above the rate limit, with the right token only', async () => {
    const close = (token: string) => patchServiceContext(app(), { maintenance: false }, token);

    expect((await close('a-wrong-token-for-tests')).statusCode).toBe(401);
    expect((await close('a-wrong-token-for-tests')).statusCode).toBe(429);
    expect((await close(TOKEN)).statusCode).toBe(200);
    expect((await close(TOKEN)).statusCode).toBe(200);
    expect((await app().inject('/v1/service-context')).statusCode).toBe(429);
  });
});

describe('by default', () => {
  const app = useTestApp();
  beforeAll(() => {
    app().get('/client', ({ ip }) => ({ ip }));
  });

  it('no client can pretend to be another', async () => {
    const response = await app().inject({
      url: '/client',
      headers: { 'x-forwarded-for': '192.0.2.1' },
    });

    expect(response.json()).toEqual({ ip: '127.0.0.1' });
  });
});

describe('with RATE_LIMIT_MAX=0', () => {
  const app = useTestApp({ RATE_LIMIT_MAX: 0 });

  it('nothing is counted', async () => {
    const response = await app().inject('/docs/json');

    expect(response.statusCode).toBe(200);
    expect(response.headers).not.toHaveProperty('x-ratelimit-limit');
  });
});

describe('the headers of an answer', () => {
  const app = useTestApp();

  it('let a browser do nothing with it', async () => {
    const { headers } = await app().inject('/health/live');

    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
      'strict-transport-security': expect.stringContaining('max-age=') as string,
      'x-content-type-options': 'nosniff',
    });
  });

  it('let Swagger UI load its own files, and no others', async () => {
    const page = await app().inject('/docs/');

    expect(page.headers['content-security-policy']).toMatch(/^default-src 'self'; /);
    expect(page.body).not.toMatch(/<script(?! src="\.\/)|<style/);
  });
});
