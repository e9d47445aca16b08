import type { Answers } from '../options/resolve.ts';
import { GeneratorError, messageOf } from '../errors/generator-error.ts';
import { exitStatus, type ExitStatus } from '../errors/exit-status.ts';

/** What `--json` prints about a run. */
export interface Report {
  /** The exit status. */
  status: 0 | ExitStatus;
  folder?: string;
  files: { created: readonly string[]; changed: readonly string[]; left: readonly string[] };
  /** What was done, with its duration in seconds. */
  steps: { name: string; result: string; seconds: number }[];
  /** What the tests ran on; null when they did not run. */
  database: string | null;
  /** What can be typed next, in order. */
  next: readonly string[];
  /** The command line that repeats the run. */
  again?: string;
  error: { code: ExitStatus; reason: string; hint: string } | null;
}

/** The report on a run that has not done anything yet. */
export function newReport(answers?: Answers): Report {
  return {
    status: 0,
    ...(answers && { folder: answers.target }),
    files: { created: [], changed: [], left: [] },
    steps: [],
    database: null,
    next: [],
    error: null,
  };
}

/** Prints a report on a run that may have failed. */
export function printReport(report: Report, error?: unknown): void {
  if (error !== undefined) {
    report.error = explained(error);
    report.status = report.error.code;
  }
  console.log(JSON.stringify(report, null, 2));
}

function explained(error: unknown): NonNullable<Report['error']> {
  if (error instanceof GeneratorError) {
    return { code: error.code, reason: error.reason, hint: error.hint };
  }
  const hint = 'This is a defect of the generator.';
  return { code: exitStatus.unexpected, reason: messageOf(error), hint };
}
