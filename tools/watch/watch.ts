import { type FSWatcher, readdirSync, watch } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { runProgram } from '../database/programs.ts';
import { UsageError } from '../database/usage-error.ts';
import { startBundler } from './bundler.ts';

/** Editors write a file in several steps. */
const SETTLE_MS = 20;

interface Running {
  readonly ended: Promise<number>;
  stop(): Promise<unknown>;
}

let running: Running | undefined;
let isEnding = false;

/**
 * Runs a TypeScript program and restarts it when a file in its folder changes, until a signal ends it.
 *
 * @returns the exit status of the program
 */
export async function watchProgram(commandArguments: readonly string[]): Promise<never> {
  const [program, ...programArguments] = commandArguments;
  if (program === undefined) throw new UsageError('Missing program');
  // The program gets the signal as well.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void end());
  return runAndRestart(program, programArguments);
}

async function runAndRestart(program: string, programArguments: readonly string[]): Promise<never> {
  const bundle = await startBundler(program);
  for (;;) {
    const change = nextChange(path.dirname(program));
    const file = await bundle();
    // If there is none, the bundler has reported why, and what is running goes on.
    if (file !== undefined) {
      if (running) console.log(`Restarting ${program}`);
      await running?.stop();
      // A signal that came meanwhile would not reach another one.
      if (isEnding) return end();
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
