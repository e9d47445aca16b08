import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { sendProblem } from '../api/responses.ts';

/** Refuses what Node would refuse without a body, or not at all. */
export function refuseInvalidHeads(app: FastifyInstance): void {
  app.server.on('checkExpectation', (request: IncomingMessage, response) => {
    app.routing(request, response);
  });
  app.addHook('onRequest', async ({ raw }, reply) => {
    const { expect } = raw.headers;
    if (expect !== undefined && expect.toLowerCase() !== '100-continue') {
      sendProblem(reply, 417, 'The only supported expectation is 100-continue');
      return reply;
    }
    const hosts = countHosts(raw.rawHeaders);
    if (hosts > 1 || (hosts === 0 && raw.httpVersion === '1.1')) {
      sendProblem(reply, 400, `Expected one Host header, got ${hosts}`);
      return reply;
    }
  });
}

/** Node keeps only the first one in `headers`; a proxy may have taken another one. */
function countHosts(rawHeaders: readonly string[]): number {
  let hosts = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') hosts += 1;
  }
  return hosts;
}
