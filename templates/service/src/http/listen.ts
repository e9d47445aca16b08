import type { FastifyInstance } from 'fastify';

/** The service cannot listen on the configured address; the message names the variable to change. */
export class ListenError extends Error {
  override readonly name = 'ListenError';
}

const LISTEN_ON = 'set HOST to an address of this machine, such as localhost or 0.0.0.0';

const REMEDIES: Partial<Record<string, ['HOST' | 'PORT', string]>> = {
  ENOTFOUND: ['HOST', `the name cannot be resolved: ${LISTEN_ON}`],
  EAI_AGAIN: ['HOST', `the name cannot be resolved: ${LISTEN_ON}`],
  EADDRNOTAVAIL: ['HOST', `this machine does not have the address: ${LISTEN_ON}`],
  EADDRINUSE: ['PORT', 'the port is in use: stop the other process or set PORT to a free port'],
  EACCES: ['PORT', 'permission denied: set PORT to 1024 or higher'],
};

/**
 * Starts to accept connections.
 *
 * @throws {ListenError} when the host or the port cannot be used
 */
export async function listen(
  app: FastifyInstance,
  address: { host: string; port: number },
): Promise<void> {
  try {
    await app.listen(address);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const [variable, remedy] = REMEDIES[code] ?? [];
    if (variable === undefined) throw error;
    const value = variable === 'HOST' ? address.host : address.port;
    throw new ListenError(`Cannot listen with ${variable}=${value} (${code}): ${remedy}`, {
      cause: error,
    });
  }
}
