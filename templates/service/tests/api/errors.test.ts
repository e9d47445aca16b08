import { describe, expect, it } from 'vitest';
import { useTestApp } from '../support/test-app.ts';

const app = useTestApp();

describe('an error', () => {
  it('is problem+json with an error_message', async () => {
    const response = await app().inject('/unknown');

    expect(response.statusCode).toBe(404);
    expect(response.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(response.json()).toEqual({
      type: 'about:blank',
      title: 'Not Found',
      status: 404,
      detail: 'There is no GET /unknown',
      error_message: 'There is no GET /unknown',
    });
  });

  it('of a malformed URL is problem+json too', async () => {
    const response = await app().inject('/%zz');

    expect(response.statusCode).toBe(400);
    expect(response.headers['content-type']).toContain('application/problem+json');
  });
});
