import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { inject } from 'vitest';
import { programEnvironment, schemaEngine, serviceFolder } from './run-prisma.ts';
import { LENIENT_LIMITS } from './test-config.ts';

/** A program of the service in a process of its own, which does not outlive the test run. */
export interface Program {
  /** What it has written to stdout and stderr so far. */
  output: () => string;
  signal: (name: NodeJS.Signals) => void;
  /** Closes its stdout at this end, as `head` does when it has enough. */
  stopReading: () => void;
  /** Its exit status; null if a signal ended it. */
  exit: Promise<number | null>;
}

/** A server in a process of its own. A test that starts one also kills it. */
export interface ServerProcess extends Program {
  /** Where it listens, without a trailing slash. */
  url: string;
  /** Ends it at once, and waits until it has ended. */
  kill(): Promise<void>;
}

const REQUEST_HEAD = [
  'POST /unknown HTTP/1.1',
  'Host: test',
  'Content-Type: application/json',
  'Content-Length: 9',
  'Expect: 100-continue',
  '\r\n',
].join('\r\n');

/** Ends a program when its input ends: the test that started it is gone, however it ended. */
const END_WITH_INPUT = `data:text/javascript,${encodeURIComponent(
  "process.stdin.once('end', () => process.kill(process.pid, 'SIGKILL')).resume().unref();",
)}`;

/**
 * Starts the server as production does, on a free port, and waits until it listens.
 *
 * @param environment its configuration; variables that are not named have their defaults, but limits
 * are lenient
 */
export async function startServer(environment: NodeJS.ProcessEnv): Promise<ServerProcess> {
  const defaults = {
    ...LENIENT_LIMITS,
    NODE_ENV: 'production',
    HOST: '127.0.0.1',
    PORT: '0',
    SERVICE_PREFIX: '/',
  };
  const server = start('server.js', [], serviceFolder, { ...defaults, ...environment });
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

/** A request that the server works on until the rest of its body arrives. */
export async function sendHalfARequest({ url }: ServerProcess) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(REQUEST_HEAD);
  await once(socket, 'data'); // "100 Continue": the server waits for the body
  socket.write('{"a"');
  return { sendTheRest: () => socket.write(': 1}\n'), answer: text(socket) };
}

/**
 * Starts a management command.
 *
 * @param folder where it finds migrations
 * @param environment its configuration; variables that are not named have their defaults
 */
export function startManagement(
  args: readonly string[],
  folder: string,
  environment: NodeJS.ProcessEnv,
): Program {
  return start('management.js', args, folder, {
    PRISMA_SCHEMA_ENGINE_BINARY: schemaEngine,
    ...environment,
  });
}

/** Starts a program as it is built. */
function start(
  program: string,
  args: readonly string[],
  folder: string,
  environment: NodeJS.ProcessEnv,
): Program {
  const file = path.join(inject('programs'), program);
  const child = spawn(process.execPath, ['--import', END_WITH_INPUT, file, ...args], {
    cwd: folder,
    env: programEnvironment(environment),
    stdio: 'pipe',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  }
  const exit = once(child, 'close').then(([status]: (number | null)[]) => status ?? null);
  return {
    output: () => output,
    signal: (name) => child.kill(name),
    stopReading: () => child.stdout.destroy(),
    exit,
  };
}

/** The URL that a server prints once it listens; undefined if it ends before that. */
async function waitForUrl({ output, exit }: Program): Promise<string | undefined> {
  const ended = exit.then(() => true);
  for (;;) {
    const url = /listening at (http:\/\/[^"\s]+)/.exec(output())?.[1];
    if (url !== undefined) return url;
    if (await Promise.race([ended, setTimeout(20, false)])) return undefined;
  }
}
