import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { childEnvironment } from './child-environment.ts';
import { serviceFolder } from './run-prisma.ts';

const imports = [
  pathToFileURL(path.join(import.meta.dirname, 'end-with-input.mjs')).href,
  pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href,
].flatMap((url) => ['--import', url]);

/** A program of the service in a process of its own, which does not outlive the test run. */
export interface SourceProcess {
  /** What it has written to stdout and stderr so far. */
  output: () => string;
  signal: (name: NodeJS.Signals) => void;
  /** Closes its stdout at this end, as `head` does when it has enough. */
  stopReading: () => void;
  /** Its exit status; null if a signal ended it. */
  exit: Promise<number | null>;
}

/**
 * Starts a program from its source.
 *
 * @param program its file in `src`
 * @param environment its configuration; what is not named has its default
 */
export function startSource(
  program: string,
  args: readonly string[],
  folder: string,
  environment: NodeJS.ProcessEnv,
): SourceProcess {
  const file = path.join(serviceFolder, 'src', program);
  const child = spawn(process.execPath, [...imports, file, ...args], {
    cwd: folder,
    env: childEnvironment(environment),
    stdio: 'pipe',
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const exit = once(child, 'close').then(([status]: (number | null)[]) => status ?? null);
  return {
    output: () => output,
    signal: (name) => child.kill(name),
    stopReading: () => child.stdout.destroy(),
    exit,
  };
}
