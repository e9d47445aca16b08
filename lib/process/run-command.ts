import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { execa } from 'execa';
import { messageOf } from '../errors/generator-error.ts';
import { childEnvironment } from './child-environment.ts';
import { signalTree } from './signal-tree.ts';

const GRACE_MS = 5000;

/** Where commands run, where their output goes, and what stops them. */
export interface ExecContext {
  readonly folder: string;
  /** The file to which the output of each command is added when it ends. */
  readonly log: string;
  readonly signal: AbortSignal;
  /** Called with each line of standard output. */
  readonly onLine?: (line: string) => void;
}

/** How a command ended. */
export interface CommandResult {
  readonly failed: boolean;
  /** Both output streams, as they came. */
  readonly output: string;
  /** How it failed, in one line. */
  readonly reason: string;
  /** Why the output is not in the log, if it could not be written. */
  readonly logError: string | undefined;
}

/** Runs a command to its end, without a shell and without input. */
export async function runCommand(
  command: string,
  args: readonly string[],
  { folder, log, signal, onLine }: ExecContext,
): Promise<CommandResult> {
  signal.throwIfAborted();
  const running = execa(command, args, {
    cwd: folder,
    env: childEnvironment(process.env),
    extendEnv: false,
    stdin: 'ignore',
    stdout: function* (line: unknown) {
      onLine?.(String(line));
      yield line;
    },
    all: true,
    reject: false,
    // A group of its own, so that stopping it also stops what it started.
    detached: process.platform !== 'win32',
  });
  const result = await stoppedBy(signal, running);
  // At once, so that the outputs of commands that run side by side are kept apart.
  const logError = writeLog(log, `\n$ ${[command, ...args].join(' ')}\n${result.all}\n`, 'a');
  signal.throwIfAborted();
  const { failed, all: output, shortMessage: reason = '' } = result;
  return { failed, output, reason, logError };
}

/**
 * Writes to the log: with the flag `w` from its start, with `a` at its end.
 *
 * @returns why it cannot be written, which must not hide how a command ended
 */
export function writeLog(log: string, text: string, flag: 'w' | 'a'): string | undefined {
  try {
    mkdirSync(dirname(log), { recursive: true });
    writeFileSync(log, text, { flag });
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
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
  return result;
}

type Running<T> = Promise<T> & { readonly pid?: number | undefined };
