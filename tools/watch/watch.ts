/** Runs a TypeScript program and restarts it when a file in its folder changes. */
import { type FSWatcher, readdirSync, watch } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProgram } from '../database/programs.ts';
import { startBundler } from './bundler.ts';

/** Editors write a file in several steps. */
const SETTLE_MS = 20;

interface Running {
  readonly ended: Promise<number>;
  stop(): Promise<unknown>;
}

let running: Running | undefined;
let isEnding = false;

const [program, ...programArguments] = process.argv.slice(2);
if (program === undefined) {
  console.error('Usage: node tools/watch.mjs PROGRAM.ts [ARGUMENT …]');
  process.exit(2);
}
// The program gets the signal as well.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void end());
await runAndRestart(program);

async function runAndRestart(program: string): Promise<never> {
  const bundle = await startBundler(program);
  for (;;) {
    const change = nextChange(path.dirname(program));
    const file = await bundle();
    // If there is none, the bundler has reported why, and what is running goes on.
    if (file !== undefined) {
      if (running) console.log(`Restarting ${program}`);
      await running?.stop();
      running = start(program, ['--enable-source-maps', file, ...programArguments]);
    }
    await change;
  }
}

function start(program: string, nodeArguments: string[]): Running {
  const stop = new AbortController();
  const ended = runProgram('node', nodeArguments, { signal: stop.signal });
  void ended.then((status) => {
    if (isEnding || stop.signal.aborted) return;
    console.log(`${program} ended with exit code ${status}. Waiting for a change.`);
  });
  return {
    ended,
    stop: () => {
      stop.abort();
      return ended;
    },
  };
}

async function end(): Promise<never> {
  isEnding = true;
  process.exit(await running?.ended);
}

/** Resolves after something in a folder has changed. */
async function nextChange(folder: string): Promise<void> {
  const folders = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ parentPath, name }) => path.join(parentPath, name));
  const watchers: FSWatcher[] = [];
  await new Promise<unknown>((resolve) => {
    for (const each of [folder, ...folders]) {
      // On Windows, an error is how it reports that the folder was deleted.
      watchers.push(watch(each, resolve).once('error', resolve));
    }
  });
  await sleep(SETTLE_MS);
  for (const watcher of watchers) watcher.close();
}
