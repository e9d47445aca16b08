import cors from '@fastify/cors';
import type { FastifyInstance } from 'fastify';

/**
 * Lets web pages of the allowed origins use the service, with credentials. What is registered after
 * it may refuse requests: its answers carry the headers that let such a page read them.
 *
 * @param origins none if empty
 */
export async function allowOrigins(
  app: FastifyInstance,
  origins: readonly string[],
): Promise<void> {
  const allowed = new Set(origins);
  await app.register(cors, {
    origin: (origin, answer) => {
      answer(null, origin !== undefined && allowed.has(origin));
    },
    credentials: true,
    methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'],
    exposedHeaders: [
      'ETag',
      'Location',
      'Retry-After',
      'X-RateLimit-Limit',
      'X-RateLimit-Remaining',
      'X-RateLimit-Reset',
      'X-Request-Id',
    ],
    // The answer to what is not quite a preflight would be text.
    strictPreflight: false,
  });
}
