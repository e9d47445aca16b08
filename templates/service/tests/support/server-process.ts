import { setTimeout } from 'node:timers/promises';
import { serviceFolder } from './run-prisma.ts';
import { type SourceProcess, startSource } from './source-process.ts';

/** A server in a process of its own. A test that starts one also kills it. */
export interface ServerProcess extends SourceProcess {
  /** Where it listens, without a slash at the end. */
  url: string;
  /** Ends it at once, and waits until it has ended. */
  kill(): Promise<void>;
}

/**
 * Starts the server as production does, on a free port, and waits until it listens.
 *
 * @param environment its configuration; what is not named has its default
 */
export async function startServerProcess(environment: NodeJS.ProcessEnv): Promise<ServerProcess> {
  const defaults = {
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    SERVICE_PREFIX: '/',
  };
  const server = startSource('server.ts', [], serviceFolder, { ...defaults, ...environment });
  const kill = async () => {
    server.signal('SIGKILL');
    await server.exit;
  };
  const url = await waitForUrl(server);
  if (url === undefined) {
    await kill();
    throw new Error(`The server did not start:\n${server.output()}`);
  }
  return { ...server, url, kill };
}

/** The URL that it prints once it listens; undefined if it ends before that. */
async function waitForUrl({ output, exit }: SourceProcess): Promise<string | undefined> {
  const ended = exit.then(() => true);
  for (;;) {
    const url = /listening at (http:\/\/[^"\s]+)/.exec(output())?.[1];
    if (url !== undefined) return url;
    if (await Promise.race([ended, setTimeout(20, false)])) return undefined;
  }
}
