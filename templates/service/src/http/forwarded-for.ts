import { isIP } from 'node:net';
import type { FastifyInstance } from 'fastify';

const FORWARDED_FOR = 'x-forwarded-for';

/**
 * Lets Fastify read the addresses that proxies send, which some write with a port: it takes from
 * `X-Forwarded-For` what follows the last text that is no address.
 */
export function normalizeForwardedFor(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ raw }) => {
    const header = raw.headers[FORWARDED_FOR];
    if (header === undefined) return;
    const addresses = [header].flat().join().split(',').map(withoutPort);
    raw.headers[FORWARDED_FOR] = addresses
      .slice(addresses.findLastIndex((address) => isIP(address) === 0) + 1)
      .join();
  });
}

/** Takes 192.0.2.1:80, [2001:db8::1]:80 and [2001:db8::1] apart. */
function withoutPort(text: string): string {
  const [, bracketed, plain] = /^(?:\[([^\]]*)\]|([^:]*))(?::\d+)?$/.exec(text.trim()) ?? [];
  return bracketed ?? plain ?? text.trim();
}
