import type { FastifyInstance } from 'fastify';

export const TOKEN = 'a-token-for-tests-only';

/** Changes the maintenance window over HTTP, with the token. */
export function patchServiceContext(app: FastifyInstance, payload: object, token = TOKEN) {
  return app.inject({
    method: 'PATCH',
    url: '/v1/service-context',
    headers: { authorization: `Bearer ${token}` },
    payload,
  });
}
