import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import manifest from '../../package.json' with { type: 'json' };

/** What Swagger UI loads: its own files, and icons and styles that are inline in its pages. */
const PAGE_POLICY = {
  'default-src': "'self'",
  'img-src': "'self' data:",
  'style-src': "'self' 'unsafe-inline'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
};

/** Serves the OpenAPI document of the routes that are registered after it, and Swagger UI. */
export async function setUpOpenApi(app: FastifyInstance, servicePrefix: string): Promise<void> {
  const { name: title, version, description } = manifest;
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title, version, description },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      servers: [{ url: servicePrefix || '/' }],
    },
  });
  await app.register(swaggerUi, {
    routePrefix: '/docs',
    staticCSP: PAGE_POLICY,
    uiHooks: { onRequest: redirectToPage },
  });
}

/** The plugin writes working URLs into its page only if that is requested as `docs/`. */
function redirectToPage({ url }: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const [path = ''] = url.split('?', 1);
  if (path.endsWith('/docs')) reply.redirect('docs/');
  else if (path.endsWith('/docs/') && path !== url) reply.redirect('./');
  else done();
}
