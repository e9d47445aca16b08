import type { FastifyPluginAsync } from 'fastify';
import { healthController } from './api/controllers/health-controller.ts';
import type { Dependencies } from './dependency-container.ts';
// <resources:imports>

/** All endpoints, relative to the service prefix. */
export function routes(dependencies: Dependencies): FastifyPluginAsync {
  return async (app) => {
    await app.register(healthController(dependencies));
    // <resources:routes>
  };
}
