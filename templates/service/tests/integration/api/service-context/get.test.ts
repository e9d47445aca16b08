import { expect, it } from 'vitest';
import { useTestApp } from '../../../support/test-app.ts';

const app = useTestApp();

it('GET /v1/service-context shows a closed window after the first migration', async () => {
  const response = await app().inject('/v1/service-context');

  expect(response.statusCode).toBe(200);
  expect(response.json()).toEqual({
    maintenance: false,
    reason: null,
    retry_after_seconds: 60,
    updated_at: expect.stringMatching(/^\d{4}-.+Z$/) as string,
  });
});
