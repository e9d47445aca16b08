import type { FastifyInstance, FastifyRequest } from 'fastify';
import { NoDataProvidedException } from '../domain/exceptions.ts';

/**
 * Accepts JSON bodies and no others. An empty body counts as absent, because clients name a content
 * type even where they send nothing.
 */
export function acceptJsonOnly(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<string>(
    'application/json',
    { parseAs: 'string' },
    (request, body, done) => {
      if (body === '') done(null);
      else void parseJson(request, body, done);
    },
  );
}

/**
 * Refuses a request without data before its body is validated.
 *
 * @throws {NoDataProvidedException} when the body is missing, `null` or `{}`
 */
export async function requireData({ body }: FastifyRequest): Promise<void> {
  const isEmpty =
    typeof body === 'object' && !Array.isArray(body) && Object.keys(body ?? {}).length === 0;
  if (body === undefined || isEmpty) throw new NoDataProvidedException();
}
