import { exitStatus, type ExitStatus } from './exit-status.ts';

/** What an error explains. */
export interface Explanation {
  /** What happened, in one line where that is possible. */
  readonly reason: string;
  /** What to do now. */
  readonly hint: string;
  /** The last lines of a command that failed. */
  readonly output?: string;
}

/** An error for people. Its numeric `code` is the exit status, which `yo` uses as well. */
export class GeneratorError extends Error {
  override readonly name = 'GeneratorError';
  readonly code: ExitStatus;
  readonly reason: string;
  readonly hint: string;

  constructor(code: ExitStatus, { reason, hint, output }: Explanation, options?: ErrorOptions) {
    super([reason, ...(output ? [output] : []), hint].join('\n\n'), options);
    this.code = code;
    this.reason = reason;
    this.hint = hint;
  }
}

/** The error for a run that was stopped by a signal or at a prompt. */
export function interrupted(hint: string): GeneratorError {
  return new GeneratorError(exitStatus.interrupted, { reason: 'Interrupted.', hint });
}

/** What any thrown value says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Whether this is an error of the system with one of the codes. */
export function hasCode(error: unknown, ...codes: readonly string[]): boolean {
  return error instanceof Error && 'code' in error && codes.some((code) => code === error.code);
}
