import type { Dependencies } from '../dependency-container.ts';

export interface CommandOption {
  description: string;
  /** The placeholder of its value in the help; an option without one is a switch. */
  value?: string;
}

export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

export interface Command {
  name: string;
  description: string;
  options?: Readonly<Record<string, CommandOption>>;
  /**
   * @param dependencies a command declares only those that it needs
   * @returns the exit status
   */
  run(dependencies: Dependencies, options: OptionValues): number | Promise<number>;
}

export const EXIT = {
  done: 0,
  failed: 1,
  /** The command line is invalid; nothing was done. */
  usage: 2,
  /** A migration failed; what this run applied was rolled back. */
  undone: 3,
  /** A migration failed; manual intervention is required. */
  stuck: 4,
} as const;

/** An expected failure: its message is shown without a stack. */
export class ManagementError extends Error {
  override readonly name = 'ManagementError';
  readonly status: number;

  constructor(message: string, status: number = EXIT.failed) {
    super(message);
    this.status = status;
  }
}

interface DrainSettings {
  server: { handlerTimeoutMs: number };
  database: { statementTimeoutMs: number };
  maintenance: { pollMs: number };
}

/**
 * Milliseconds from opening the window until no instance works on a request any more: one poll and
 * the longest request. A handler that timed out may still wait for the statement that it began.
 */
export function drainMilliseconds({ server, database, maintenance }: DrainSettings): number {
  return maintenance.pollMs + server.handlerTimeoutMs + database.statementTimeoutMs;
}
