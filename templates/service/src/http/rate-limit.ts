import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { TooManyRequestsException } from '../domain/exceptions.ts';

const MINUTE_MS = 60_000;

/**
 * Refuses what a client asks above `max` requests a minute, unknown routes included. Routes with
 * `config: { rateLimit: false }` do not count. Each instance counts for itself.
 *
 * @param max 0 sets no limit
 */
export async function limitRequestRate(app: FastifyInstance, max: number): Promise<void> {
  if (max === 0) return;
  await app.register(rateLimit, {
    global: false,
    max,
    timeWindow: MINUTE_MS,
    allowList: ({ routeOptions }) => routeOptions.config.rateLimit === false,
    errorResponseBuilder: () => new TooManyRequestsException(),
  });
  // A hook, because the plugin itself limits only routes: unknown URLs would be free.
  app.addHook('onRequest', app.rateLimit());
}
