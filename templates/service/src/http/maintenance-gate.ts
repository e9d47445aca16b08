import type { onRequestAsyncHookHandler } from 'fastify';
import type { ServiceContextService } from '../services/service-context-service.ts';
import { sendProblem } from '../api/responses.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route answers while the maintenance window is open. */
    exemptFromMaintenance?: boolean;
  }
}

/** Refuses all requests but those to exempt routes while the maintenance window is open. */
export function maintenanceGate(context: ServiceContextService): onRequestAsyncHookHandler {
  return async (request, reply) => {
    const { lastKnown } = context;
    if (!lastKnown?.maintenance || request.routeOptions.config.exemptFromMaintenance) return;
    reply.header('retry-after', lastKnown.retryAfterSeconds).header('cache-control', 'no-store');
    sendProblem(reply, 503, 'Service is currently enduring maintenance');
    return reply;
  };
}
