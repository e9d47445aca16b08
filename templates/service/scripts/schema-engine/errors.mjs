/** Errors in the words of Prisma's native engine. */
import pg from 'pg';

const LINES_BEFORE_ERROR = 5;

/** An error that Prisma documents: https://pris.ly/d/error-reference */
export class KnownError extends Error {
  /**
   * @param {string} code
   * @param {string} message
   */
  constructor(code, message) {
    super(message);
    this.code = code;
  }
}

/** A script that the server refused. */
export class ScriptError extends Error {
  /**
   * @param {string} script
   * @param {unknown} cause
   */
  constructor(script, cause) {
    super(describe(script, cause), { cause });
    this.sqlState = (cause instanceof pg.DatabaseError && cause.code) || 'none';
  }
}

/**
 * @param {string} migration
 * @param {ScriptError} error
 */
export function migrationFailed(migration, error) {
  return new KnownError(
    'P3018',
    'A migration failed to apply. New migrations cannot be applied before the error is recovered ' +
      'from. Read more about how to resolve migration issues in a production database: ' +
      `https://pris.ly/d/migrate-resolve\n\nMigration name: ${migration}\n\n${particulars(error)}`,
  );
}

/**
 * @param {string} summary names the migration
 * @param {ScriptError} error
 */
export function shadowMigrationFailed(summary, error) {
  return new KnownError('P3006', `${summary}\n\n${particulars(error)}`);
}

/** @param {ScriptError} error */
function particulars({ sqlState, message }) {
  return `Database error code: ${sqlState}\n\nDatabase error:\n${message}`;
}

/**
 * What a person can read about any error.
 *
 * @param {unknown} error
 * @returns {string}
 */
export function messageOf(error) {
  // Refused at each of a host's addresses, Node has one error for each and none of its own words.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join(', ');
  return error instanceof Error ? error.message : String(error);
}

/**
 * @param {string} script
 * @param {unknown} error
 */
function describe(script, error) {
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
 * The line of a position, marked, and some lines before it.
 *
 * @param {string} script
 * @param {number} position in characters (not UTF-16 units), from 1
 */
function excerpt(script, position) {
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
