import type { FastifyPluginAsync } from 'fastify';
import { healthController } from './api/controllers/health-controller.ts';
import { serviceContextController } from './api/controllers/service-context-controller.ts';
import type { Dependencies } from './dependency-container.ts';
// <resources:imports>

/** All endpoints, relative to the service prefix. */
export function routes(dependencies: Dependencies): FastifyPluginAsync {
  return async (app) => {
    await app.register(healthController(dependencies));
    await app.register(serviceContextController(dependencies), { prefix: '/v1' });
    // <resources:routes>
  };
}
