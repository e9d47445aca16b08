import { appendFileSync } from 'node:fs';
import { execa } from 'execa';
import { childEnvironment } from './child-environment.ts';
import { signalTree } from './signal-tree.ts';

const GRACE_MS = 5000;

/** Where commands run, where their output goes, and what stops them. */
export interface Workplace {
  readonly folder: string;
  /** The file that all output is added to. */
  readonly log: string;
  readonly signal: AbortSignal;
}

/** How a command ended. */
export interface CommandResult {
  readonly failed: boolean;
  /** Both output streams, as they came. */
  readonly output: string;
  /** How it failed, in one line. */
  readonly reason: string;
}

/** Runs a command to its end, without a shell and without input. */
export async function runCommand(
  command: string,
  args: readonly string[],
  { folder, log, signal }: Workplace,
): Promise<CommandResult> {
  signal.throwIfAborted();
  appendFileSync(log, `\n$ ${[command, ...args].join(' ')}\n`);
  const running = execa(command, args, {
    cwd: folder,
    env: childEnvironment(process.env),
    extendEnv: false,
    stdin: 'ignore',
    stdout: ['pipe', { file: log, append: true }],
    stderr: ['pipe', { file: log, append: true }],
    all: true,
    reject: false,
    // A group of its own, so that stopping it also stops what it started.
    detached: process.platform !== 'win32',
  });
  const result = await stoppedBy(signal, running);
  return { failed: result.failed, output: result.all, reason: result.shortMessage ?? '' };
}

/** Waits for a process; when the signal comes, stops it with all that it started. */
async function stoppedBy<T>(signal: AbortSignal, running: Running<T>): Promise<T> {
  const { pid } = running;
  if (pid === undefined) return running;
  let killing: NodeJS.Timeout | undefined;
  const stop = () => {
    void signalTree(pid, 'SIGTERM');
    killing = setTimeout(() => void signalTree(pid, 'SIGKILL'), GRACE_MS);
  };
  signal.addEventListener('abort', stop);
  const result = await running;
  signal.removeEventListener('abort', stop);
  clearTimeout(killing);
  if (signal.aborted) await signalTree(pid, 'SIGKILL');
  signal.throwIfAborted();
  return result;
}

type Running<T> = Promise<T> & { readonly pid?: number | undefined };
