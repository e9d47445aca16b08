import { beforeEach, describe, expect, it } from 'vitest';
import { patchServiceContext, TOKEN, useTestApp } from '../../support/test-app.ts';

describe('GET /v1/service-context', () => {
  const app = useTestApp();

  it('shows a closed window after the first migration', async () => {
    const response = await app().inject('/v1/service-context');

    expect(response.statusCode).toBe(200);
    expect(response.json()).toEqual({
      maintenance: false,
      reason: null,
      retry_after_seconds: 60,
      updated_at: expect.stringMatching(/^\d{4}-.+Z$/) as string,
    });
  });

  it.each([1, 2])('has one row in the database, which refuses id %d', async (id) => {
    const { client } = app().container.cradle.database;

    await expect(client.serviceContext.create({ data: { id } })).rejects.toThrow();
    expect(await client.serviceContext.count()).toBe(1);
  });
});

describe('PATCH /v1/service-context', () => {
  const lines: string[] = [];
  const settings = { SERVICE_CONTEXT_TOKEN: TOKEN, LOG_LEVEL: 'info' };
  const app = useTestApp(settings, { write: (line) => lines.push(line) });

  function patch(payload: object) {
    return patchServiceContext(app(), payload);
  }

  async function context(): Promise<Record<string, unknown>> {
    return (await app().inject('/v1/service-context')).json();
  }

  beforeEach(async () => {
    await patch({ maintenance: false });
    lines.length = 0;
  });

  it('opens the window', async () => {
    const before = await context();
    const change = { maintenance: true, reason: 'New disks', retry_after_seconds: 5 };
    const response = await patch(change);

    expect(response.statusCode).toBe(200);
    expect(response.json()).toMatchObject(change);
    expect(await context()).toEqual(response.json());
    expect(String((await context()).updated_at) >= String(before.updated_at)).toBe(true);
  });

  it('keeps what is left out while the window is open', async () => {
    await patch({ maintenance: true, reason: 'New disks', retry_after_seconds: 5 });
    await patch({ maintenance: true, reason: 'Larger disks' });

    expect(await context()).toMatchObject({ reason: 'Larger disks', retry_after_seconds: 5 });
  });

  it('forgets reason and time when the window closes', async () => {
    await patch({ maintenance: true, reason: 'New disks', retry_after_seconds: 5 });
    await patch({ maintenance: false, reason: 'Done', retry_after_seconds: 7 });

    expect(await context()).toMatchObject({
      maintenance: false,
      reason: null,
      retry_after_seconds: 60,
    });
  });

  it('logs each change with its reason and the peer, but not the token', async () => {
    await patch({ maintenance: true, reason: 'Larger disks' });
    await patch({ maintenance: false });

    const changes = lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg }) => msg === 'the maintenance window was changed');
    expect(changes).toMatchObject([
      { maintenance: true, reason: 'Larger disks', peer: '127.0.0.1' },
      { maintenance: false, peer: '127.0.0.1' },
    ]);
    expect(lines.join('')).not.toContain(TOKEN);
  });

  it.each([
    [{}, 'No data provided'],
    [{ reason: 'Why' }, { maintenance: 'is required' }],
    [{ maintenance: 'true' }, { maintenance: 'must be boolean' }],
    [{ maintenance: true, until: 1 }, { until: 'is unknown or read-only' }],
    [
      { maintenance: true, constructor: 1, toString: 1 },
      { constructor: 'is unknown or read-only', toString: 'is unknown or read-only' },
    ],
    [{ maintenance: true, reason: '' }, { reason: 'must have a length of at least 1' }],
    [
      { maintenance: true, reason: 'x'.repeat(501) },
      { reason: 'must have a length of at most 500' },
    ],
    [{ maintenance: true, retry_after_seconds: 0 }, { retry_after_seconds: 'must be >= 1' }],
    [
      { maintenance: true, retry_after_seconds: 86_401 },
      { retry_after_seconds: 'must be <= 86400' },
    ],
  ])('refuses %j and changes nothing', async (payload, message) => {
    const before = await context();
    const response = await patch(payload);

    expect(response.statusCode).toBe(400);
    expect(response.json()).toMatchObject({ error_message: message });
    expect(await context()).toEqual(before);
  });

  it.each([
    undefined,
    '',
    TOKEN,
    'Bearer',
    'Bearer a-token-for-tests-onlx',
    `Bearer ${TOKEN}x`,
    `Basic ${TOKEN}`,
  ])('answers 401 to Authorization: %s', async (authorization) => {
    const response = await app().inject({
      method: 'PATCH',
      url: '/v1/service-context',
      headers: { ...(authorization !== undefined && { authorization }) },
      payload: { maintenance: true },
    });

    expect(response.statusCode).toBe(401);
    expect(response.headers['www-authenticate']).toBe('Bearer');
    expect(response.json()).toMatchObject({ error_message: 'A valid bearer token is needed' });
    expect(await context()).toMatchObject({ maintenance: false });
  });
});

describe('PATCH /v1/service-context where no token is configured', () => {
  const app = useTestApp();

  it.each(['', TOKEN])(
    'answers 403 to the token "%s", and says how to enable it',
    async (token) => {
      const response = await patchServiceContext(app(), { maintenance: true }, token);

      expect(response.statusCode).toBe(403);
      expect(response.json()).toMatchObject({
        error_message:
          'Changing the service context over HTTP is disabled: set SERVICE_CONTEXT_TOKEN to enable it',
      });
    },
  );
});
