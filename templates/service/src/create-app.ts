import helmet from '@fastify/helmet';
import type { NameAndRegistrationPair } from 'awilix';
import Fastify, { type FastifyInstance } from 'fastify';
import { healthController } from './api/controllers/health-controller.ts';
import { maintenanceGate } from './http/maintenance-gate.ts';
import { acceptJsonOnly } from './api/middleware.ts';
import { compileValidator } from './api/validation.ts';
import type { Config } from './config.ts';
import { allowOrigins } from './http/cors.ts';
import {
  createDependencyContainer,
  type Dependencies,
  type DependencyContainer,
} from './dependency-container.ts';
import { UnavailableException } from './domain/exceptions.ts';
import {
  handleConnectionError,
  handleError,
  handleNotFound,
  handleOutsidePrefix,
} from './http/error-handler.ts';
import { type LogDestination, loggingOptions } from './http/logging.ts';
import { followMaintenanceWindow } from './http/maintenance.ts';
import { setUpOpenApi } from './http/openapi.ts';
import { limitRequestRate } from './http/rate-limit.ts';
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
 * @param logDestination where the log goes instead of stdout
 */
export async function createApp(
  config: Config,
  overrides: NameAndRegistrationPair<Dependencies> = {},
  logDestination?: LogDestination,
): Promise<FastifyInstance> {
  const app = createServer(config, logDestination);
  const container = createDependencyContainer(config);
  container.register(overrides);
  app.decorate('container', container);
  app.addHook('onClose', () => container.dispose());

  app.setErrorHandler(handleError);
  app.setValidatorCompiler(compileValidator);
  acceptJsonOnly(app);
  shutDownGracefully(app);
  // What answers with JSON needs nothing that a page may load.
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
  });
  followMaintenanceWindow(app, container.cradle);
  await registerRoutes(app, config, container.cradle);
  return app;
}

function createServer(config: Config, logDestination?: LogDestination): FastifyInstance {
  return Fastify({
    ...loggingOptions(config, logDestination),
    bodyLimit: config.BODY_LIMIT_BYTES,
    requestTimeout: config.REQUEST_TIMEOUT_MS,
    handlerTimeout: config.HANDLER_TIMEOUT_MS,
    // A client that neither sends nor reads.
    connectionTimeout: config.REQUEST_TIMEOUT_MS + config.HANDLER_TIMEOUT_MS,
    // Node takes the longer of its two time-outs for bodies, and looks every 30 seconds only.
    http: {
      requestTimeout: config.REQUEST_TIMEOUT_MS,
      headersTimeout: config.REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: 1000,
    },
    trustProxy: config.TRUST_PROXY || false,
    frameworkErrors: handleError,
    clientErrorHandler: handleConnectionError,
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true },
  });
}

/** While the service closes, refuses requests on open connections, and keeps none of these open. */
function shutDownGracefully(app: FastifyInstance): void {
  let closing = false;
  app.addHook('preClose', async () => {
    closing = true;
  });
  app.addHook('onRequest', async () => {
    if (closing) throw new UnavailableException('The service is shutting down');
  });
  app.addHook('onSend', async (_request, reply) => {
    if (closing) void reply.header('connection', 'close');
  });
}

async function registerRoutes(
  app: FastifyInstance,
  { SERVICE_PREFIX, CORS_ORIGINS, RATE_LIMIT_MAX }: Config,
  dependencies: Dependencies,
): Promise<void> {
  const prefix = SERVICE_PREFIX === '/' ? '' : SERVICE_PREFIX;
  await app.register(
    async (service) => {
      service.setNotFoundHandler(handleNotFound);
      await allowOrigins(service, CORS_ORIGINS);
      service.addHook('onRequest', maintenanceGate(dependencies.serviceContextService));
      await limitRequestRate(service, RATE_LIMIT_MAX);
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
