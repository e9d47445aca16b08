/** Runs the development server of a made service, and says how long an engineer waits for it. */
import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';

const LISTENS = /Server listening at/g;
const POLL_MS = 10;
/** Engineers do not save a file the moment that the server is ready. */
const PAUSE_MS = 1000;
/** That of a hang: a busy machine may be slow. */
const LIMIT_MS = 300_000;

/**
 * Starts the development server, saves a source file, and stops the server.
 *
 * @param {string} service the folder of the service
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<{ started: number, restarted: number }>} seconds until it was ready
 */
export async function devSession(service, environment) {
  const port = await freePort();
  const env = { ...environment, HOST: '127.0.0.1', PORT: String(port) };
  const start = performance.now();
  const server = startServer(service, env);
  const secondsUntilReady = async (/** @type {number} */ since, /** @type {number} */ times) => {
    await server.listened(times);
    await respondsReady(port);
    return (performance.now() - since) / 1000;
  };
  try {
    const started = await secondsUntilReady(start, 1);
    await sleep(PAUSE_MS);
    const saved = performance.now();
    appendFileSync(path.join(service, 'src', 'routes.ts'), '// saved\n');
    return { started, restarted: await secondsUntilReady(saved, 2) };
  } finally {
    await server.stop();
  }
}

/**
 * @param {string} cwd
 * @param {NodeJS.ProcessEnv} env
 */
function startServer(cwd, env) {
  const child = spawn('npm', ['run', 'dev'], { cwd, env, detached: true });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += String(chunk);
    });
  }
  let hasEnded = false;
  const ended = new Promise((resolve) => {
    child.once('close', resolve);
  }).then(() => {
    hasEnded = true;
  });
  return {
    /** Waits until the server has listened for the nth time. */
    listened: async (/** @type {number} */ times) => {
      const deadline = performance.now() + LIMIT_MS;
      while ((output.match(LISTENS) ?? []).length < times) {
        if (hasEnded || performance.now() > deadline)
          throw new Error(`The development server did not start ${times} times:\n${output}`);
        await sleep(POLL_MS);
      }
    },
    stop: async () => {
      if (child.pid !== undefined && !hasEnded) process.kill(-child.pid, 'SIGTERM');
      await ended;
    },
  };
}

/** @param {number} port */
async function respondsReady(port) {
  const deadline = performance.now() + LIMIT_MS;
  while (performance.now() < deadline) {
    const { status } = await globalThis.fetch(`http://127.0.0.1:${port}/health/ready`);
    if (status === 200) return;
    await sleep(POLL_MS);
  }
  throw new Error('The development server did not become ready');
}

/** @returns {Promise<number>} */
function freePort() {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (typeof address === 'object' && address !== null) resolve(address.port);
        else reject(new Error('No port'));
      });
    });
  });
}
