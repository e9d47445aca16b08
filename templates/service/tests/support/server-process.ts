import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { Environment } from '../../src/config.ts';

const projectFolder = path.resolve(import.meta.dirname, '../..');
const START_TIMEOUT_MS = 20_000;

/** A server in a process of its own. A test that starts one also kills it. */
export interface ServerProcess {
  /** Where it listens, without a slash at the end. */
  url: string;
  /** What it has written to stdout and stderr so far. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  /** Its exit status; null if a signal ended it. */
  exit: Promise<number | null>;
  /** Ends it at once, and waits until it has ended. */
  kill(): Promise<void>;
}

/**
 * Starts the server as production does, on a free port, and waits until it listens.
 *
 * @param environment its configuration; what is not named has its default
 */
export async function startServerProcess(environment: NodeJS.ProcessEnv): Promise<ServerProcess> {
  // An empty variable counts as unset: no setting of the developer reaches the server.
  const unset = Object.fromEntries(Object.keys(Environment.properties).map((name) => [name, '']));
  const defaults = { NODE_ENV: 'production', HOST: '127.0.0.1', PORT: '0' };
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/server.ts'], {
    cwd: projectFolder,
    env: { ...process.env, ...unset, ...defaults, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const exit = once(child, 'close').then(([status]: (number | null)[]) => status ?? null);
  const kill = async () => {
    child.kill('SIGKILL');
    await exit;
  };
  const url = await waitForUrl(child, () => output);
  if (url === undefined) {
    await kill();
    throw new Error(`The server did not start:\n${output}`);
  }
  return { url, output: () => output, signal: (name) => child.kill(name), exit, kill };
}

async function waitForUrl(child: ChildProcess, output: () => string): Promise<string | undefined> {
  const deadline = Date.now() + START_TIMEOUT_MS;
  while (child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
    const url = /listening at (http:\/\/[^"\s]+)/.exec(output())?.[1];
    if (url !== undefined) return url;
    await setTimeout(20);
  }
  return undefined;
}
