import type { FastifyInstance } from 'fastify';
import { evaluateRead } from '../api/conditional-requests.ts';
import { StaleVersionException } from '../domain/exceptions.ts';

/**
 * Answers `GET` and `HEAD` by the conditions of the request, wherever the answer has an `ETag`: with
 * 304 if the client has it already, with 412 if the client insists on another one.
 */
export function answerConditionalReads(app: FastifyInstance): void {
  app.addHook('onSend', async ({ method, headers }, reply, payload) => {
    const tag = reply.getHeader('etag');
    const isRead = method === 'GET' || method === 'HEAD';
    if (!isRead || typeof tag !== 'string' || reply.statusCode !== 200) return payload;
    const outcome = evaluateRead(headers, tag);
    if (outcome === 'failed') throw new StaleVersionException();
    if (outcome === 'send') return payload;
    reply.code(304).removeHeader('content-type');
    // Nothing of it is sent for HEAD; Fastify takes its length.
    return method === 'HEAD' ? payload : null;
  });
}
