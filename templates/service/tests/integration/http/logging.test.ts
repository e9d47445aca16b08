import { once } from 'node:events';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createApp } from '../../../src/create-app.ts';
import { useTestApp } from '../../support/test-app.ts';
import { testConfig } from '../../support/test-config.ts';

const POST = 'POST /endless HTTP/1.1\r\nHost: test\r\nContent-Type: application/json\r\n';
const lines: string[] = [];
const app = useTestApp({ LOG_LEVEL: 'info' }, { write: (line) => lines.push(line) });

function log(): unknown[] {
  return lines.map((line): unknown => JSON.parse(line));
}

beforeAll(async () => {
  app().get('/failing', () => {
    throw new Error('the reason');
  });
  app().get('/headers', (request) => {
    request.log.info({ headers: request.headers });
    request.log.info({ request: { headers: request.headers } });
    request.log.info({ response: { headers: { 'set-cookie': 'secret' } } });
    request.log.info({ req: request });
    return {};
  });
  app().all('/endless', () => new Promise(() => undefined));
  await app().listen({ host: '127.0.0.1', port: 0 });
});

beforeEach(() => {
  lines.length = 0;
});

describe('a request', () => {
  it('is one line, without query strings', async () => {
    const headers = {
      referer: 'https://example.com/page?token=secret',
      'user-agent': 'tests',
      'x-request-id': 'request-1',
    };
    await app().inject({ url: '/health/live?token=secret', headers });

    expect(log()).toEqual([
      {
        level: 30,
        time: expect.any(Number) as number,
        pid: process.pid,
        hostname: expect.any(String) as string,
        reqId: 'request-1',
        method: 'GET',
        path: '/health/live',
        status: 200,
        time_ms: expect.any(Number) as number,
        client: '127.0.0.1',
        referrer: 'https://example.com/page',
        user_agent: 'tests',
        msg: 'request completed',
      },
    ]);
  });

  it.each([
    ['https://alice:hunter2@example.com/page?q=hunter2', 'https://example.com/page'],
    ['https://hunter2@example.com', 'https://example.com/'],
    [
      'https://example.com/redirect/https://alice:hunter2@x/',
      'https://example.com/redirect/https://x/',
    ],
    ['https://alice:hunter?2@example.com/', '[invalid]'],
    ['alice:hunter2', 'alice:'],
    ['hunter2', '[invalid]'],
  ])('logs the referrer %s as %s', async (referer, referrer) => {
    await app().inject({ url: '/health/live', headers: { referer } });

    expect(log()).toEqual([expect.objectContaining({ referrer })]);
  });

  it.each([
    ['http://alice:hunter2@test/health/live?q=hunter2', '/health/live', 200],
    ['http://alice:hunter2@test/unknown', '/unknown', 404],
    ['http://alice:hunter2@test/%zz', '/%zz', 400],
    ['http://alice:hunter?2@test/unknown', '[invalid]', 400],
    ['//alice:hunter2@test/unknown', '//test/unknown', 404],
    ['/unknown?q=hunter2', '/unknown', 404],
    ['/%zz?q=hunter2', '/%zz', 400],
  ])('for %s shows no secret, neither in the log nor in an error', async (target, path, status) => {
    const { port } = app().server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write(`GET ${target} HTTP/1.1\r\nHost: test\r\nConnection: close\r\n\r\n`);
    const answer = await text(socket);

    expect(answer).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(answer).not.toContain('hunter');
    await vi.waitFor(() => {
      expect(log()).toEqual([expect.objectContaining({ path, status })]);
    });
  });

  it.each([
    ['/unknown', 404],
    ['/%zz', 400],
  ])('to %s is one line too', async (path, status) => {
    await app().inject(path);

    expect(log()).toEqual([expect.objectContaining({ path, status })]);
  });

  it.each([
    ['waiting for the answer', 'GET /endless HTTP/1.1\r\nHost: test\r\n\r\n'],
    ['in the middle of its body', `${POST}Content-Length: 9\r\n\r\n{`],
  ])('that its client gives up %s is one line too', async (_title, sent) => {
    const { port } = app().server.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write(sent);
    await once(app().server, 'request');
    socket.destroy();

    await expect.poll(log).toEqual([expect.objectContaining({ path: '/endless', aborted: true })]);
  });

  it('that fails has its error in the log, and not in the answer', async () => {
    const response = await app().inject('/failing');

    expect(response.body).not.toContain('the reason');
    expect(log()).toEqual([
      expect.objectContaining({
        level: 50,
        reqId: response.headers['x-request-id'],
        err: expect.objectContaining({
          message: 'the reason',
          stack: expect.stringContaining('logging.test.ts') as string,
        }) as object,
      }),
      expect.objectContaining({ path: '/failing', status: 500 }),
    ]);
  });
});

it('secret headers are redacted', async () => {
  const headers = {
    authorization: 'Bearer secret',
    'proxy-authorization': 'Basic secret',
    cookie: 'session=secret',
    referer: 'https://alice:secret@example.com/',
    accept: 'all',
  };
  await app().inject({ url: '/headers?token=secret', headers });

  const redacted = {
    authorization: '[Redacted]',
    'proxy-authorization': '[Redacted]',
    cookie: '[Redacted]',
    referer: '[Redacted]',
    accept: 'all',
  };
  expect(log()).toEqual([
    expect.objectContaining({ headers: expect.objectContaining(redacted) as object }),
    expect.objectContaining({ request: { headers: expect.objectContaining(redacted) as object } }),
    expect.objectContaining({ response: { headers: { 'set-cookie': '[Redacted]' } } }),
    expect.objectContaining({ req: { method: 'GET', path: '/headers', client: '127.0.0.1' } }),
    expect.objectContaining({ path: '/headers', status: 200 }),
  ]);
  expect(lines.join('')).not.toContain('secret');
});

describe('the id of a request', () => {
  it.each(['a', 'Az_09.-', 'x'.repeat(64)])('is taken from the client: %s', async (id) => {
    const response = await app().inject({ url: '/health/live', headers: { 'x-request-id': id } });

    expect(response.headers['x-request-id']).toBe(id);
  });

  it.each(['', 'x'.repeat(65), 'two words', '{"a":1}', 'ünique'])(
    'is generated instead of "%s"',
    async (id) => {
      const response = await app().inject({ url: '/health/live', headers: { 'x-request-id': id } });

      expect(response.headers['x-request-id']).toMatch(
        /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
      );
    },
  );

  it.each(['/unknown', '/%zz', '/failing'])('is in the answer to %s', async (url) => {
    const response = await app().inject({ url, headers: { 'x-request-id': 'mine' } });

    expect(response.headers['x-request-id']).toBe('mine');
  });
});

describe('the form', () => {
  it.each([
    ['readable in a terminal', true, /^\[[\d:.]+\] .*INFO.*: .*hello/],
    ['JSON elsewhere', false, /^{"level":30,.*"msg":"hello"}\n$/],
  ])('is %s', async (_title, isTTY, form) => {
    const written: string[] = [];
    const destination = { isTTY, write: (line: string) => written.push(line) };
    const quiet = await createApp(testConfig({ LOG_LEVEL: 'info' }), {}, destination);
    quiet.log.info('hello');
    quiet.log.debug('not this');
    await quiet.close();

    expect(written).toEqual([expect.stringMatching(form)]);
  });
});
