import { createHash, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest, onRequestAsyncHookHandler } from 'fastify';
import { sendProblem } from './responses.ts';

/**
 * Admits only requests that carry a token in `Authorization: Bearer`.
 *
 * @param token if it is empty, no request is admitted
 * @param howToEnable says how a token is set
 */
export function requireBearerToken(token: string, howToEnable: string): onRequestAsyncHookHandler {
  return async (request, reply) => {
    if (token === '') {
      sendProblem(reply, 403, howToEnable);
      return reply;
    }
    if (hasBearerToken(request, token)) return;
    sendProblem(reply.header('www-authenticate', 'Bearer'), 401, 'A valid bearer token is needed');
    return reply;
  };
}

/** Whether a request carries this token, which is not empty. */
export function hasBearerToken({ headers }: FastifyRequest, token: string): boolean {
  const given = /^Bearer +([^ ]+) *$/i.exec(headers.authorization ?? '')?.[1];
  return token !== '' && given !== undefined && isSame(given, token);
}

/** Takes as long whatever the texts are; hashes, because equal lengths are needed for that. */
function isSame(given: string, expected: string): boolean {
  return timingSafeEqual(sha256(given), sha256(expected));
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
