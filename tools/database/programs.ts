import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { resolvePackageFile } from './project.ts';

/** The arguments with which Node.js runs a program, so that no shell and no executable bit is needed. */
const PROGRAMS: ReadonlyMap<string, () => string[]> = new Map([
  ['node', () => []],
  ['prisma', () => [resolvePackageFile('prisma/build/index.js')]],
  ['tsx', () => [resolvePackageFile('tsx/cli')]],
]);

interface RunOptions {
  /** Variables that the program gets besides those of this process. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Ends the program. */
  readonly signal?: AbortSignal;
}

/**
 * Runs one of the programs, which gets the terminal and the signals of this process.
 *
 * @returns the exit status, 128 + the number of the signal if a signal ended the program
 */
export function runProgram(
  program: string,
  programArguments: readonly string[],
  { environment = {}, signal }: RunOptions = {},
): Promise<number> {
  const nodeArguments = PROGRAMS.get(program);
  if (!nodeArguments) {
    throw new Error(`Unknown program "${program}": expected ${[...PROGRAMS.keys()].join(', ')}`);
  }
  const child = spawn(process.execPath, [...nodeArguments(), ...programArguments], {
    env: { ...process.env, ...environment },
    stdio: 'inherit',
  });
  signal?.addEventListener('abort', () => child.kill());
  const stopForwarding = forwardSignals(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status, signalName) => {
      stopForwarding();
      resolve(signalName ? 128 + constants.signals[signalName] : (status ?? 1));
    });
  });
}

/** Passes on the signals that this process gets, so that the child ends first. */
function forwardSignals(child: ChildProcess): () => void {
  const forward = (signal: NodeJS.Signals) => {
    // A terminal sends Ctrl-C to the child as well; twice would mean "at once".
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  return () => {
    for (const signal of signals) process.off(signal, forward);
  };
}
