import type { Dependencies } from '../dependency-container.ts';

export interface CommandOption {
  description: string;
  /** How the help names its value; an option without is a switch. */
  value?: string;
}

export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

export interface Command {
  name: string;
  description: string;
  options?: Readonly<Record<string, CommandOption>>;
  /** @returns the exit status */
  run(dependencies: Dependencies, options: OptionValues): number | Promise<number>;
}

export const EXIT = {
  done: 0,
  /** It could not be done. */
  failed: 1,
  /** The command line is not acceptable; nothing was done. */
  usage: 2,
  /** A migration failed; what was applied is undone. */
  undone: 3,
  /** A migration failed, and a person has to see to the database. */
  stuck: 4,
} as const;

/** Something expected went wrong: its message is all that a person needs to know. */
export class ManagementError extends Error {
  override readonly name = 'ManagementError';
  readonly status: number;

  constructor(message: string, status: number = EXIT.failed) {
    super(message);
    this.status = status;
  }
}
