import { beforeAll, describe, expect, it } from 'vitest';
import { useTestApp } from '../../support/test-app.ts';

const app = useTestApp();

beforeAll(() => {
  app().post('/echo', ({ body }) => ({ body }));
});

function post(payload: Buffer, contentType = 'application/json') {
  return app().inject({
    method: 'POST',
    url: '/echo',
    headers: { 'content-type': contentType },
    payload,
  });
}

describe('a JSON body', () => {
  it.each([
    ['with a Latin-1 character', 'e9'],
    ['with half a character', 'c3'],
    ['with an overlong encoding', 'c0af'],
    ['with an encoded surrogate', 'eda080'],
  ])('%s is refused: it is not UTF-8', async (_title, bytes) => {
    const payload = Buffer.from(`22${bytes}22`, 'hex');
    const response = await post(payload, 'application/json; charset=iso-8859-1');

    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.json()).toMatchObject({ error_message: 'The body is not valid UTF-8' });
  });

  it.each([
    ['that is UTF-16', Buffer.from('"é"', 'utf16le'), 'is not valid UTF-8'],
    ['that is cut off', Buffer.from('{"__proto__": {}'), 'is not valid JSON'],
    ['that defines a prototype', Buffer.from('{"__proto__": {}}'), 'has a key'],
    ['that changes one', Buffer.from('[{"constructor": {"prototype": {}}}]'), 'has a key'],
  ])('%s is refused, with the reason', async (_title, payload, reason) => {
    const response = await post(payload);

    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({
      error_message: expect.stringContaining(reason) as string,
    });
  });

  it('keeps every character of UTF-8, and may start with a byte order mark', async () => {
    const response = await post(Buffer.from('\uFEFF"é \u{1F600} \uFFFD"'));

    expect(response.json()).toEqual({ body: 'é \u{1F600} \uFFFD' });
  });
});
