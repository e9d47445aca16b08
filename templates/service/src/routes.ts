import type { FastifyPluginAsync } from 'fastify';
import { healthController } from './api/controllers/health-controller.ts';
import { serviceContextController } from './api/controllers/service-context-controller.ts';
import type { Dependencies } from './dependency-container.ts';
import * as resourceControllers from './resource-controllers.ts';

type Controller = (dependencies: Dependencies) => FastifyPluginAsync;

const controllers: Readonly<Record<string, Controller>> = resourceControllers;

/** All endpoints, relative to the service prefix. */
export function routes(dependencies: Dependencies): FastifyPluginAsync {
  return async (app) => {
    await app.register(healthController(dependencies));
    await app.register(serviceContextController(dependencies), { prefix: '/v1' });
    for (const controller of Object.values(controllers)) {
      await app.register(controller(dependencies), { prefix: '/v1' });
    }
  };
}
