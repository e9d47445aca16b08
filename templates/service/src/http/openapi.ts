import { readFileSync } from 'node:fs';
import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
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
  await app.register(swaggerUi, { routePrefix: '/docs', staticCSP: PAGE_POLICY });
}

function readManifest() {
  const file = new URL('../../package.json', import.meta.url);
  return Value.Parse(Manifest, JSON.parse(readFileSync(file, 'utf8')));
}
