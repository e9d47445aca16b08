import { constants } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Takes signals as a wish to end: this process ends itself, where it can do so in good order. */
export class Interruption {
  readonly #controller = new AbortController();
  #signal: (typeof SIGNALS)[number] | undefined;
  readonly #listener = (signal: (typeof SIGNALS)[number]) => {
    this.#signal ??= signal;
    console.log(`${signal}: ending as soon as the database is in good order.`);
    this.#controller.abort();
  };

  constructor() {
    for (const signal of SIGNALS) process.on(signal, this.#listener);
  }

  /** Waits, but not when a signal has come. */
  async sleep(milliseconds: number): Promise<void> {
    try {
      await sleep(milliseconds, undefined, { signal: this.#controller.signal });
    } catch (error) {
      if (!this.#controller.signal.aborted) throw error;
    }
  }

  /** The exit status that tells of the signal; undefined if none has come. */
  get status(): number | undefined {
    return this.#signal && 128 + constants.signals[this.#signal];
  }

  stop(): void {
    for (const signal of SIGNALS) process.off(signal, this.#listener);
  }
}
