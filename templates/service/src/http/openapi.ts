import { readFileSync } from 'node:fs';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { Value } from 'typebox/value';

/** What Swagger UI loads: its own files, and icons and styles that stand in its pages. */
const PAGE_POLICY = {
  'default-src': "'self'",
  'img-src': "'self' data:",
  'style-src': "'self' 'unsafe-inline'",
  'object-src': "'none'",
  'base-uri': "'none'",
  'frame-ancestors': "'none'",
};

const Manifest = Type.Object({
  name: Type.String(),
  version: Type.String(),
  description: Type.String(),
});

/** Serves the OpenAPI document of the routes that are registered after it, and Swagger UI. */
export async function setUpOpenApi(app: FastifyInstance, servicePrefix: string): Promise<void> {
  const { name: title, version, description } = readManifest();
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

function readManifest() {
  const file = new URL('../../package.json', import.meta.url);
  return Value.Parse(Manifest, JSON.parse(readFileSync(file, 'utf8')));
}
