import { existsSync, type FSWatcher, readdirSync, watch } from 'node:fs';
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
  const bundler = await startBundler(program);
  try {
    for (;;) {
      const change = nextChange(watchTree(path.dirname(program)));
      const file = await bundler.bundle();
      // If there is none, the bundler has reported why, and what is running goes on.
      if (file !== undefined) {
        if (running) console.log(`Restarting ${program}`);
        await running?.stop();
        // A signal that came meanwhile would not reach another one.
        if (isEnding) return await end();
        running = start(program, ['--enable-source-maps', file, ...programArguments]);
      }
      await change;
    }
  } finally {
    await running?.stop();
    await bundler.dispose();
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

/** Watches a folder and all folders in it; if one of them is deleted meanwhile, it starts again. */
function watchTree(folder: string): FSWatcher[] {
  const watchers: FSWatcher[] = [];
  try {
    for (const each of [folder, ...foldersIn(folder)]) watchers.push(watch(each));
    return watchers;
  } catch (error) {
    for (const watcher of watchers) watcher.close();
    const isDeleted = error instanceof Error && 'code' in error && error.code === 'ENOENT';
    if (isDeleted && existsSync(folder)) return watchTree(folder);
    throw error;
  }
}

function foldersIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ parentPath, name }) => path.join(parentPath, name));
}

/** Resolves after something that is watched has changed, and watches no longer. */
async function nextChange(watchers: readonly FSWatcher[]): Promise<void> {
  await new Promise<unknown>((resolve) => {
    for (const watcher of watchers) {
      // On Windows, an error is how it reports that the folder was deleted.
      watcher.once('change', resolve).once('error', resolve);
    }
  });
  await sleep(SETTLE_MS);
  for (const watcher of watchers) watcher.close();
}
