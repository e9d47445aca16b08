import type { FastifyInstance, onRequestAsyncHookHandler } from 'fastify';
import { sendProblem } from '../api/responses.ts';
import type { ServiceContextService } from '../services/service-context-service.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route answers while the maintenance window is open. */
    exemptFromMaintenance?: boolean;
  }
}

/**
 * Lets the instance follow the maintenance window in the database, from before it listens until it
 * closes. While the database cannot be reached, the last known state stays in effect.
 */
export function followMaintenanceWindow(
  app: FastifyInstance,
  serviceContextService: ServiceContextService,
  pollMs: number,
): void {
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let isReadable = true;

  async function poll(): Promise<void> {
    const wasReadable = isReadable;
    try {
      await serviceContextService.refresh();
      isReadable = true;
      if (!wasReadable) app.log.info('the maintenance window can be read again');
    } catch (error) {
      isReadable = false;
      if (wasReadable && !isClosed) {
        app.log.warn({ err: error }, 'the maintenance window cannot be read: it stays as it was');
      }
    }
    if (!isClosed) timer = setTimeout(() => void poll(), pollMs).unref();
  }

  // Starting does not wait for the database: requests do, at the gate.
  app.addHook('onReady', async () => void poll());
  app.addHook('onClose', async () => {
    isClosed = true;
    clearTimeout(timer);
  });
}

/**
 * Refuses all requests but those to exempt routes while the maintenance window is open, and fails
 * them while the instance has not been able to read whether it is.
 */
export function maintenanceGate(context: ServiceContextService): onRequestAsyncHookHandler {
  return async (request, reply) => {
    if (request.routeOptions.config.exemptFromMaintenance) return;
    const { maintenance, retryAfterSeconds } = await context.lastKnown();
    if (!maintenance) return;
    reply.header('retry-after', retryAfterSeconds).header('cache-control', 'no-store');
    sendProblem(reply, 503, 'Service is currently enduring maintenance');
    return reply;
  };
}
