import { Type } from 'typebox';
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { UnavailableException } from '../../domain/exceptions.ts';
import type { Database } from '../../domain/ports/database.ts';
import type { ServiceContextService } from '../../services/service-context-service.ts';
import { Problem } from '../schemas/common-schemas.ts';

interface Dependencies {
  database: Database;
  serviceContextService: ServiceContextService;
}

/** Probes are always answered, because they ask for the state of the instance. */
const config = { exemptFromMaintenance: true, rateLimit: false } as const;
const Health = Type.Object({ status: Type.Literal('ok') });

/** Tells an orchestrator whether to restart this instance (live) and whether to use it (ready). */
export function healthController({
  database,
  serviceContextService,
}: Dependencies): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/health/live',
      { config, schema: { tags: ['health'], response: { 200: Health } } },
      async () => ({ status: 'ok' as const }),
    );

    app.get(
      '/health/ready',
      { config, schema: { tags: ['health'], response: { 200: Health, '5xx': Problem } } },
      async () => {
        try {
          await database.checkReadiness();
          // Until this was read once, the maintenance gate lets no request pass.
          await serviceContextService.lastKnown();
        } catch (error) {
          if (error instanceof UnavailableException) throw error;
          throw new UnavailableException('The database cannot be used', { cause: error });
        }
        return { status: 'ok' as const };
      },
    );
  };
}
