import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Turns signals into a request to stop, which the process honors at the next safe point. */
export class Interruption {
  readonly #controller = new AbortController();
  #signal: (typeof SIGNALS)[number] | undefined;
  readonly #listener = (signal: (typeof SIGNALS)[number]) => {
    this.#signal ??= signal;
    console.log(`${signal}: stopping as soon as the database is consistent.`);
    this.#controller.abort();
  };

  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.#listener);
  }

  /** Waits until the time is over or a signal arrives. */
  async sleep(milliseconds: number): Promise<void> {
    try {
      await sleep(milliseconds, undefined, { signal: this.#controller.signal });
    } catch (error) {
      if (!this.#controller.signal.aborted) throw error;
    }
  }

  /** The exit status for the signal; undefined if none arrived. */
  get status(): number | undefined {
    return this.#signal && 128 + constants.signals[this.#signal];
  }

  stop(): void {
    for (const signal of SIGNALS) process.off(signal, this.#listener);
  }
}
