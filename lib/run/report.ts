import { exitStatus, type ExitStatus } from '../errors/exit-status.ts';
import { GeneratorError, messageOf } from '../errors/generator-error.ts';
import { printJson } from '../process/output.ts';

/** What `--json` prints about a run. */
export interface Report {
  /** The exit status. */
  status: 0 | ExitStatus;
  /** The target directory. */
  folder?: string;
  files: Readonly<Record<'created' | 'changed' | 'left' | 'removed', readonly string[]>>;
  /** The finished steps, with their durations in seconds. */
  steps: { name: string; result: string; seconds: number }[];
  /** What the tests ran on; null when they did not run. */
  database: string | null;
  /** The next commands, in order. */
  next: readonly string[];
  /** The command line that repeats the run. */
  again?: string;
  error: { code: ExitStatus; reason: string; hint: string } | null;
}

/** The report on a run that has not done anything yet. */
export function newReport(directory?: string): Report {
  return {
    status: 0,
    ...(directory !== undefined && { folder: directory }),
    files: { created: [], changed: [], left: [], removed: [] },
    steps: [],
    database: null,
    next: [],
    error: null,
  };
}

/** Prints the report on a run; on a failed one, with the error. */
export function printReport(report: Report, error?: unknown): void {
  if (error !== undefined) {
    report.error = explained(error);
    report.status = report.error.code;
  }
  printJson(report);
}

function explained(error: unknown): NonNullable<Report['error']> {
  if (error instanceof GeneratorError) {
    return { code: error.code, reason: error.reason, hint: error.hint };
  }
  const hint = 'This is a bug in the generator; please report it.';
  return { code: exitStatus.unexpected, reason: messageOf(error), hint };
}
