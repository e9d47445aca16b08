/** Errors in the words of Prisma's native engine. */
import pg from 'pg';

const LINES_BEFORE_ERROR = 5;

/** An error that Prisma documents: https://pris.ly/d/error-reference */
export class KnownError extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

/** A script that the server refused. */
export class ScriptError extends Error {
  readonly sqlState: string;

  constructor(script: string, cause: unknown) {
    super(describe(script, cause), { cause });
    this.sqlState = (cause instanceof pg.DatabaseError && cause.code) || 'none';
  }
}

/** The error of a migration that the server refused. */
export function migrationFailed(migration: string, error: ScriptError): KnownError {
  return new KnownError(
    'P3018',
    'A migration failed to apply. New migrations cannot be applied before the error is recovered ' +
      'from. Read more about how to resolve migration issues in a production database: ' +
      `https://pris.ly/d/migrate-resolve\n\nMigration name: ${migration}\n\n${details(error)}`,
  );
}

/**
 * The error of a migration that the shadow database refused.
 *
 * @param summary names the migration
 */
export function shadowMigrationFailed(summary: string, error: ScriptError): KnownError {
  return new KnownError('P3006', `${summary}\n\n${details(error)}`);
}

function details({ sqlState, message }: ScriptError): string {
  return `Database error code: ${sqlState}\n\nDatabase error:\n${message}`;
}

/** A readable message for any error. */
export function messageOf(error: unknown): string {
  // When each address of a host refuses the connection, Node.js reports one error per address and
  // no message of its own.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}

function describe(script: string, error: unknown): string {
  if (!(error instanceof pg.DatabaseError)) return messageOf(error);
  const { severity = 'ERROR', message, detail, hint, where, position } = error;
  return [
    `${severity}: ${message}`,
    detail && `DETAIL: ${detail}`,
    hint && `HINT: ${hint}`,
    where && `CONTEXT: ${where}`,
    position && `\nPosition:\n${excerpt(script, Number(position))}`,
  ]
    .filter(Boolean)
    .join('\n');
}

/**
 * The line at a position, marked, and some lines before it.
 *
 * @param position in characters (not UTF-16 units), from 1
 */
function excerpt(script: string, position: number): string {
  const before = Array.from(script).slice(0, position - 1);
  const last = before.filter((character) => character === '\n').length;
  const first = Math.max(0, last - LINES_BEFORE_ERROR);
  return script
    .split('\n')
    .slice(first, last + 1)
    .map((line, index) => {
      const number = first + index;
      return `${number === last ? '>' : ' '}${String(number + 1).padStart(4)} ${line}`.trimEnd();
    })
    .join('\n');
}
