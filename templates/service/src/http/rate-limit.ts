import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { TooManyRequestsException } from '../domain/exceptions.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Which requests to the route do not count. */
    exemptFromRateLimit?: (request: FastifyRequest) => boolean;
  }
}

const MINUTE_MS = 60_000;

/**
 * Refuses what a client asks above `max` requests a minute, unknown routes included. Routes with
 * `config: { rateLimit: false }` do not count, nor do requests that `exemptFromRateLimit` selects. Each instance counts for itself.
 *
 * @param max 0 sets no limit
 */
export async function limitRequestRate(app: FastifyInstance, max: number): Promise<void> {
  if (max === 0) return;
  await app.register(rateLimit, {
    global: false,
    max,
    timeWindow: MINUTE_MS,
    allowList: (request) => {
      const { rateLimit, exemptFromRateLimit } = request.routeOptions.config;
      return rateLimit === false || exemptFromRateLimit?.(request) === true;
    },
    errorResponseBuilder: () => new TooManyRequestsException(),
  });
  // A hook, because the plugin itself limits only routes: unknown URLs would be free.
  app.addHook('onRequest', app.rateLimit());
}
