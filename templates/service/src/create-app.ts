import helmet from '@fastify/helmet';
import type { NameAndRegistrationPair } from 'awilix';
import Fastify, { type FastifyInstance } from 'fastify';
import { healthController } from './api/controllers/health-controller.ts';
import { acceptJsonOnly } from './api/middleware.ts';
import { compileValidator } from './api/validation.ts';
import type { Config } from './config.ts';
import { answerConditionalReads } from './http/conditional-reads.ts';
import { allowOrigins } from './http/cors.ts';
import {
  createDependencyContainer,
  type Dependencies,
  type DependencyContainer,
} from './dependency-container.ts';
import {
  handleConnectionError,
  handleError,
  handleNotFound,
  handleOutsidePrefix,
} from './http/error-handler.ts';
import { normalizeForwardedFor } from './http/forwarded-for.ts';
import { type LogDestination, loggingOptions } from './http/logging.ts';
import { followMaintenanceWindow, maintenanceGate } from './http/maintenance.ts';
import { setUpOpenApi } from './http/openapi.ts';
import { limitRequestRate } from './http/rate-limit.ts';
import { refuseInvalidHeads } from './http/request-heads.ts';
import { shutDownGracefully } from './http/shutdown.ts';
import { routes } from './routes.ts';

declare module 'fastify' {
  interface FastifyInstance {
    container: DependencyContainer;
  }
}

/**
 * Creates the service, ready to listen or to be injected into. Closing it closes its dependencies.
 *
 * @param overrides registrations that replace those of the dependency container
 * @param logDestination where the log goes instead of stdout
 */
export async function createApp(
  config: Config,
  overrides: NameAndRegistrationPair<Dependencies> = {},
  logDestination?: LogDestination,
): Promise<FastifyInstance> {
  const app = await createServer(config, logDestination);
  const container = createDependencyContainer(config);
  container.register(overrides);
  app.decorate('container', container);
  app.addHook('onClose', () => container.dispose());

  app.setErrorHandler(handleError);
  app.setValidatorCompiler(compileValidator);
  acceptJsonOnly(app);
  normalizeForwardedFor(app);
  refuseInvalidHeads(app);
  shutDownGracefully(app);
  answerConditionalReads(app);
  // JSON answers load nothing.
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"] },
    },
  });
  followMaintenanceWindow(app, container.cradle.serviceContextService, config.maintenance.pollMs);
  await registerRoutes(app, config.server, container.cradle);
  return app;
}

async function createServer(
  { server, log }: Pick<Config, 'server' | 'log'>,
  logDestination?: LogDestination,
): Promise<FastifyInstance> {
  return Fastify({
    ...(await loggingOptions(log.level, logDestination)),
    bodyLimit: server.bodyLimitBytes,
    requestTimeout: server.requestTimeoutMs,
    handlerTimeout: server.handlerTimeoutMs,
    // For a client that neither sends nor reads.
    connectionTimeout: server.requestTimeoutMs + server.handlerTimeoutMs,
    // Node applies the longer of its two timeouts to bodies, and by default checks every 30 s only.
    http: {
      requestTimeout: server.requestTimeoutMs,
      headersTimeout: server.requestTimeoutMs,
      connectionsCheckingInterval: 1000,
      // Node's own answer has no body.
      requireHostHeader: false,
    },
    trustProxy: server.trustedProxies.length > 0 && server.trustedProxies,
    frameworkErrors: handleError,
    clientErrorHandler: handleConnectionError,
    return503OnClosing: false,
    routerOptions: { ignoreTrailingSlash: true },
  });
}

async function registerRoutes(
  app: FastifyInstance,
  { prefix, corsOrigins, rateLimitMax }: Config['server'],
  dependencies: Dependencies,
): Promise<void> {
  await app.register(
    async (service) => {
      service.setNotFoundHandler(handleNotFound);
      await allowOrigins(service, corsOrigins);
      service.addHook('onRequest', maintenanceGate(dependencies.serviceContextService));
      await limitRequestRate(service, rateLimitMax);
      await setUpOpenApi(service, prefix);
      await service.register(routes(dependencies));
    },
    { prefix },
  );
  if (prefix === '') return;
  app.setNotFoundHandler(handleOutsidePrefix);
  // Probes do not need to know the prefix.
  await app.register(healthController(dependencies));
}
