import type { FastifyInstance } from 'fastify';
import { describe, expect, it } from 'vitest';

export type Endpoint = ReturnType<typeof endpointAt>;

/** What the tests below need to know of an entity. */
export interface Entity {
  /** Its name in messages. */
  words: string;
  /** Creates one through the API. */
  create: () => Promise<{ id: number }>;
  /** Makes a body with every field. */
  body: () => object | Promise<object>;
  /** What is refused: in words, the field, the value, and the message for it. */
  refusedFields: [string, string, unknown, string][];
}

/** Requests to a path such as `/v1/todo` and to what is below it. */
export function endpointAt(path: string, app: () => FastifyInstance) {
  const json = { 'content-type': 'application/json' };
  return {
    path,
    app,
    get: (id: number | string, headers = {}) => app().inject({ url: `${path}/${id}`, headers }),
    post: (payload?: object | string, headers: object = json) =>
      app().inject({
        method: 'POST',
        url: path,
        headers: { ...headers },
        ...(payload !== undefined && { payload }),
      }),
    patch: (id: number | string, payload: object | string, headers: object = {}) =>
      app().inject({
        method: 'PATCH',
        url: `${path}/${id}`,
        headers: { ...json, ...headers },
        payload,
      }),
    remove: (id: number | string, headers = {}) =>
      app().inject({ method: 'DELETE', url: `${path}/${id}`, headers }),
  };
}

/** Tests what all entities have in common where a single one is read, created, changed or deleted. */
export function testItems(endpoint: Endpoint, entity: Entity): void {
  describe(`GET ${endpoint.path}/:id`, () => {
    testReading(endpoint, entity);
  });
  describe(`POST ${endpoint.path}`, () => {
    testCreating(endpoint, entity);
  });
  describe(`PATCH ${endpoint.path}/:id`, () => {
    testChanging(endpoint, entity);
    testConditions(endpoint, entity);
  });
  describe(`DELETE ${endpoint.path}/:id`, () => {
    testDeleting(endpoint, entity);
  });
}

function testReading({ path, app, get }: Endpoint, { words, create }: Entity): void {
  it(`gives the ${words}`, async () => {
    const item = await create();
    const response = await get(item.id);

    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual(item);
    expect(response.headers.etag).toBe('"1"');
  });

  it.each(['GET', 'HEAD'] as const)('answers %s with 304 if nothing changed', async (method) => {
    const { id } = await create();
    const headers = { 'if-none-match': '"7", W/"1"' };
    const response = await app().inject({ method, url: `${path}/${id}`, headers });

    expect(response.statusCode).toBe(304);
    expect(response.body).toBe('');
    expect(response.headers.etag).toBe('"1"');
    expect(response.headers).not.toHaveProperty('content-type');
  });

  it.each([
    [{ 'if-none-match': '"2"' }, 200],
    [{ 'if-none-match': '"01"' }, 200],
    [{ 'if-none-match': '*' }, 304],
    [{ 'if-match': '"1"' }, 200],
    [{ 'if-match': '"2"' }, 412],
  ])('answers a request with %j with %d', async (headers, status) => {
    const { id } = await create();

    expect((await get(id, headers)).statusCode).toBe(status);
  });

  it('answers 404 to a condition on what does not exist', async () => {
    expect((await get(999_999, { 'if-none-match': '*' })).statusCode).toBe(404);
  });

  it('tolerates a trailing slash', async () => {
    const { id } = await create();

    expect((await get(`${id}/`)).statusCode).toBe(200);
  });

  it.each(['999999', '0', '-1', '2147483647', '2147483648', '9'.repeat(30), '1.0', 'abc', '%00'])(
    'answers 404 for the id %s',
    async (id) => {
      const response = await get(id);

      expect(response.statusCode).toBe(404);
      expect(response.headers['content-type']).toContain('application/problem+json');
      expect(response.json()).toMatchObject({
        error_message: `The requested ${words} was not found`,
      });
    },
  );
}

function testCreating({ path, app, post }: Endpoint, { body, refusedFields }: Entity): void {
  it.each([
    ['no body', undefined],
    ['an empty object', '{}'],
    ['null', 'null'],
  ])('refuses %s: no data was provided', async (_, payload) => {
    const response = await post(payload);

    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ error_message: 'No data provided' });
  });

  it('refuses a request without a content type and a body: no data was provided', async () => {
    const response = await post(undefined, {});

    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ error_message: 'No data provided' });
  });

  it('refuses a body that is not JSON', async () => {
    const response = await post('{"');

    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({
      error_message: "Body is not valid JSON but content-type is set to 'application/json'",
    });
  });

  it('refuses a body that is not an object', async () => {
    const response = await post('[]');

    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ error_message: 'The body must be object' });
  });

  it.each(refusedFields)('refuses %s', async (_, field, value, message) => {
    const response = await post({ ...(await body()), [field]: value });

    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toContain('application/problem+json');
    expect(response.json<{ error_message: unknown }>().error_message).toEqual({
      [field]: message,
    });
  });

  it('reports all fields that are refused together', async () => {
    const refused = Object.fromEntries(refusedFields.map(([, field, value]) => [field, value]));
    const { error_message } = (await post(refused)).json<{ error_message: object }>();

    expect(Object.keys(error_message).sort()).toEqual(Object.keys(refused).sort());
  });

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'application/xml'])(
    'refuses %s',
    async (contentType) => {
      expect((await post('text', { 'content-type': contentType })).statusCode).toBe(415);
    },
  );

  it('refuses a body that is too large', async () => {
    const payload = { ...(await body()), unknown: 'x'.repeat(10_000) };

    expect((await post(payload)).statusCode).toBe(413);
  });

  it('tolerates a trailing slash', async () => {
    const payload = await body();
    const response = await app().inject({ method: 'POST', url: `${path}/`, payload });

    expect(response.statusCode).toBe(201);
  });
}

function testChanging(
  { get, patch }: Endpoint,
  { words, create, body, refusedFields }: Entity,
): void {
  it.each(['999999', '2147483648', 'abc'])('answers 404 for the id %s', async (id) => {
    const response = await patch(id, await body());

    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({
      error_message: `The requested ${words} was not found`,
    });
  });

  it.each(['', '{}', 'null'])('refuses the body "%s": no data was provided', async (payload) => {
    const { id } = await create();
    const response = await patch(id, payload);

    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ error_message: 'No data provided' });
  });

  it('refuses a body that is not JSON', async () => {
    const { id } = await create();

    expect((await patch(id, '{"')).statusCode).toBe(400);
  });

  it.each(refusedFields)('refuses %s and changes nothing', async (_, field, value, message) => {
    const before = await create();
    const response = await patch(before.id, { [field]: value });

    expect(response.statusCode).toBe(400);
    expect(response.json<{ error_message: unknown }>().error_message).toEqual({
      [field]: message,
    });
    expect((await get(before.id)).json()).toEqual(before);
  });

  it('refuses another content type', async () => {
    const { id } = await create();

    expect((await patch(id, 'text', { 'content-type': 'text/plain' })).statusCode).toBe(415);
  });

  it('refuses a body that is too large', async () => {
    const { id } = await create();

    expect((await patch(id, { unknown: 'x'.repeat(10_000) })).statusCode).toBe(413);
  });
}

function testConditions({ get, patch }: Endpoint, { create, body }: Entity): void {
  it('gives a new ETag with each change', async () => {
    const changes = await body();
    const { id } = await create();
    const tags = [
      (await get(id)).headers.etag,
      (await patch(id, changes)).headers.etag,
      (await patch(id, changes)).headers.etag,
    ];

    expect(tags).toEqual(['"1"', '"2"', '"3"']);
    expect((await get(id)).headers.etag).toBe('"3"');
  });

  it.each([
    ['if-match', '"1"'],
    ['if-match', '"7", "1"'],
    ['if-match', '*'],
    ['if-none-match', '"2", "01"'],
  ])('changes what %s: %s accepts', async (header, tags) => {
    const { id } = await create();

    expect((await patch(id, await body(), { [header]: tags })).statusCode).toBe(200);
  });

  it.each([
    ['if-match', '"1"'],
    ['if-match', '"02"'],
    ['if-match', 'W/"2"'],
    ['if-match', 'nonsense'],
    ['if-none-match', '"1", "2"'],
    ['if-none-match', 'W/"2"'],
    ['if-none-match', '*'],
  ])('changes nothing if the condition %s: %s is false', async (header, tags) => {
    const changes = await body();
    const { id } = await create();
    const before = (await patch(id, changes)).json<object>();
    const response = await patch(id, changes, { [header]: tags });

    expect(response.statusCode).toBe(412);
    expect(response.json()).toMatchObject({
      error_message: 'The resource was modified; fetch it again',
    });
    expect((await get(id)).json()).toEqual(before);
  });

  it('answers 404, not 412, where there is nothing to be stale', async () => {
    expect((await patch(999_999, await body(), { 'if-match': '"1"' })).statusCode).toBe(404);
  });
}

function testDeleting({ get, remove }: Endpoint, { words, create }: Entity): void {
  it(`deletes the ${words} and answers without a body`, async () => {
    const other = await create();
    const { id } = await create();
    const response = await remove(id);

    expect(response.statusCode).toBe(204);
    expect(response.body).toBe('');
    expect((await get(id)).statusCode).toBe(404);
    expect((await get(other.id)).statusCode).toBe(200);
  });

  it('tolerates a content type without a body', async () => {
    const { id } = await create();

    expect((await remove(id, { 'content-type': 'application/json' })).statusCode).toBe(204);
  });

  it('deletes what If-Match accepts, and refuses a stale one', async () => {
    const { id } = await create();

    expect((await remove(id, { 'if-match': '"2"' })).statusCode).toBe(412);
    expect((await get(id)).statusCode).toBe(200);
    expect((await remove(id, { 'if-match': '"1"' })).statusCode).toBe(204);
    expect((await remove(id, { 'if-match': '"1"' })).statusCode).toBe(404);
  });

  it('does not delete what If-None-Match names', async () => {
    const { id } = await create();

    expect((await remove(id, { 'if-none-match': 'W/"1"' })).statusCode).toBe(412);
    expect((await remove(id, { 'if-none-match': '*' })).statusCode).toBe(412);
    expect((await get(id)).statusCode).toBe(200);
    expect((await remove(id, { 'if-none-match': '"2"' })).statusCode).toBe(204);
  });

  it('answers 404 the second time', async () => {
    const { id } = await create();
    await remove(id);

    expect((await remove(id)).statusCode).toBe(404);
  });

  it.each(['999999', '2147483648', 'abc'])('answers 404 for the id %s', async (id) => {
    const response = await remove(id);

    expect(response.statusCode).toBe(404);
    expect(response.json()).toMatchObject({
      error_message: `The requested ${words} was not found`,
    });
  });
}
