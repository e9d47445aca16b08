import type { NameAndRegistrationPair } from 'awilix';
import Fastify, { type FastifyInstance } from 'fastify';
import { healthController } from './api/controllers/health-controller.ts';
import { acceptJsonOnly } from './api/middleware.ts';
import { compileValidator } from './api/validation.ts';
import type { Config } from './config.ts';
import {
  createDependencyContainer,
  type Dependencies,
  type DependencyContainer,
} from './dependency-container.ts';
import { handleError, handleNotFound, handleOutsidePrefix } from './error-handler.ts';
import { setUpOpenApi } from './openapi.ts';
import { routes } from './routes.ts';

declare module 'fastify' {
  interface FastifyInstance {
    container: DependencyContainer;
  }
}

/**
 * Makes the service, ready to listen or to be injected into. Closing it closes what it depends on.
 *
 * @param overrides registrations that replace those of the dependency container
 */
export async function createApp(
  config: Config,
  overrides: NameAndRegistrationPair<Dependencies> = {},
): Promise<FastifyInstance> {
  const app = Fastify({
    bodyLimit: config.BODY_LIMIT_BYTES,
    frameworkErrors: handleError,
    logger: { level: config.LOG_LEVEL },
    routerOptions: { ignoreTrailingSlash: true },
  });
  const container = createDependencyContainer(config);
  container.register(overrides);
  app.decorate('container', container);
  app.addHook('onClose', () => container.dispose());

  app.setErrorHandler(handleError);
  app.setValidatorCompiler(compileValidator);
  acceptJsonOnly(app);
  await registerRoutes(app, config.SERVICE_PREFIX, container.cradle);
  return app;
}

async function registerRoutes(
  app: FastifyInstance,
  prefix: string,
  dependencies: Dependencies,
): Promise<void> {
  await app.register(
    async (service) => {
      service.setNotFoundHandler(handleNotFound);
      await setUpOpenApi(service, prefix);
      await service.register(routes(dependencies));
    },
    { prefix },
  );
  if (prefix === '') return;
  app.setNotFoundHandler(handleOutsidePrefix);
  // A probe does not need to know the prefix.
  await app.register(healthController(dependencies));
}
