import type { FastifyInstance } from 'fastify';
import { UnavailableException } from '../domain/exceptions.ts';

/** While the service closes, refuses new requests on open connections and closes those connections. */
export function shutDownGracefully(app: FastifyInstance): void {
  let isClosing = false;
  app.addHook('preClose', async () => {
    isClosing = true;
  });
  app.addHook('onRequest', async () => {
    if (isClosing) throw new UnavailableException('The service is shutting down');
  });
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) void reply.header('connection', 'close');
  });
}
