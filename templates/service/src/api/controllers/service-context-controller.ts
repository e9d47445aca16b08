import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { ServiceContextService } from '../../services/service-context-service.ts';
import { hasBearerToken, requireBearerToken } from '../bearer-token.ts';
import { requireData } from '../middleware.ts';
import { Problem } from '../schemas/common-schemas.ts';
import {
  ServiceContextResponse,
  ServiceContextUpdate,
  toServiceContextResponse,
} from '../schemas/service-context-schemas.ts';

interface Dependencies {
  serviceContextService: ServiceContextService;
  config: { maintenance: { token: string } };
}

const tags = ['service context'];
const HOW_TO_ENABLE =
  'Changing the service context over HTTP is disabled: set SERVICE_CONTEXT_TOKEN to enable it';

/** Shows, opens and closes the maintenance window. */
export function serviceContextController({
  serviceContextService,
  config,
}: Dependencies): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get(
      '/service-context',
      {
        config: { exemptFromMaintenance: true },
        schema: { tags, response: { 200: ServiceContextResponse } },
      },
      async () => toServiceContextResponse(await serviceContextService.get()),
    );

    app.patch(
      '/service-context',
      {
        config: {
          exemptFromMaintenance: true,
          // Operators can close the window however busy their network is.
          exemptFromRateLimit: (request) => hasBearerToken(request, config.maintenance.token),
        },
        onRequest: requireBearerToken(config.maintenance.token, HOW_TO_ENABLE),
        preValidation: requireData,
        schema: {
          tags,
          security: [{ bearer: [] }],
          body: ServiceContextUpdate,
          response: { 200: ServiceContextResponse, '4xx': Problem },
        },
      },
      async ({ body, ip, log }) => {
        const { retry_after_seconds: retryAfterSeconds, ...rest } = body;
        const changed = await serviceContextService.change({
          ...rest,
          ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
        });
        log.warn(
          { maintenance: changed.maintenance, reason: body.reason, peer: ip },
          'the maintenance window was changed',
        );
        return toServiceContextResponse(changed);
      },
    );
  };
}
