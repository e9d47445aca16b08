import { isUtf8 } from 'node:buffer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { InvalidInputException, NoDataProvidedException } from '../domain/exceptions.ts';

const FORBIDDEN_KEY =
  'The body has a key that could change a prototype: "__proto__" or "constructor"';

/**
 * Accepts JSON bodies and no others. An empty body counts as absent, because clients name a content
 * type even where they send nothing.
 */
export function acceptJsonOnly(app: FastifyInstance): void {
  const parseJson = app.getDefaultJsonParser('error', 'error');
  app.removeAllContentTypeParsers();
  app.addContentTypeParser<Buffer>(
    'application/json',
    { parseAs: 'buffer' },
    (request, body, done) => {
      if (body.length === 0) done(null);
      // Decoding would replace what is invalid, and that would be stored.
      else if (!isUtf8(body)) done(new InvalidInputException('The body is not valid UTF-8'));
      else {
        const text = body.toString();
        void parseJson(request, text, (error, value) => {
          done(error && isJson(text) ? new InvalidInputException(FORBIDDEN_KEY) : error, value);
        });
      }
    },
  );
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
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
