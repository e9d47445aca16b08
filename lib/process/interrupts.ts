import { withBrokenOutput } from './broken-output.ts';
import { type GeneratorError, interrupted } from '../errors/generator-error.ts';
import { printNotice } from './output.ts';

/** The signals that stop a run. */
export const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs work that a signal, or an output that cannot be written, stops in order.
 *
 * @throws {GeneratorError} with the exit status of an interruption when it was stopped
 */
export async function withInterrupts<T>(
  hint: string,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const controller = new AbortController();
  const stop = (signal: NodeJS.Signals) => {
    if (!controller.signal.aborted) printNotice(`${signal}: stopping what is running.`);
    controller.abort(interrupted(hint));
  };
  for (const name of SIGNALS) process.on(name, stop);
  try {
    const onBroken = (error: GeneratorError) => {
      controller.abort(error);
    };
    return await withBrokenOutput(hint, onBroken, () => work(controller.signal));
  } finally {
    for (const name of SIGNALS) process.off(name, stop);
  }
}
