import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance, onRequestAsyncHookHandler } from 'fastify';
import { sendProblem } from '../api/responses.ts';
import type { ServiceContextService } from '../services/service-context-service.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether the route answers while the maintenance window is open. */
    exemptFromMaintenance?: boolean;
  }
}

/** How long starting waits for a database that does not answer. */
const FIRST_READ_LIMIT_MS = 3000;

/**
 * Lets the instance follow the maintenance window in the database, from before it listens until it
 * closes. While the database cannot be reached, the last known state stays; there is none at the
 * start, which counts as closed: all that the gate would protect is out of reach as well.
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

  app.addHook('onReady', async () => {
    await Promise.race([poll(), sleep(FIRST_READ_LIMIT_MS, undefined, { ref: false })]);
  });
  app.addHook('onClose', async () => {
    isClosed = true;
    clearTimeout(timer);
  });
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
