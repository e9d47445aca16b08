import { exitStatus } from '../errors/exit-status.ts';
import { GeneratorError, hasCode, messageOf } from '../errors/generator-error.ts';
import { printNotice } from './output.ts';

const streams = () => [process.stdout, process.stderr];

/**
 * Ends the process when what it prints can no longer be written, as when a terminal was closed, a
 * pipe has no reader or the disk is full. Work in `withBrokenOutput` is stopped in order instead.
 */
export function endWithOutput(): void {
  for (const stream of streams()) {
    if (!stream.listeners('error').includes(end)) stream.on('error', end);
  }
}

/**
 * Notifies the work when its output can no longer be written.
 *
 * @param onBroken called with the error that ends the run
 */
export async function withBrokenOutput<T>(
  hint: string,
  onBroken: (error: GeneratorError) => void,
  work: () => Promise<T>,
): Promise<T> {
  const tell = (cause: unknown) => {
    onBroken(brokenOutput(cause, hint));
  };
  for (const stream of streams()) stream.on('error', tell);
  try {
    return await work();
  } finally {
    for (const stream of streams()) stream.off('error', tell);
  }
}

function end(this: NodeJS.WriteStream, cause: unknown): void {
  if (this.listenerCount('error') > 1) return;
  // Whoever closed a pipe has read enough and needs no message, and standard error may be the other end.
  if (!hasCode(cause, 'EPIPE', 'EIO')) printNotice(brokenOutput(cause, '').reason);
  process.exit(process.exitCode ?? exitStatus.interrupted);
}

function brokenOutput(cause: unknown, hint: string): GeneratorError {
  const reason = `The output cannot be written: ${messageOf(cause)}`;
  return new GeneratorError(exitStatus.interrupted, { reason, hint }, { cause });
}
