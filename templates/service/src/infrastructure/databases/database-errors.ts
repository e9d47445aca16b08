import { setTimeout } from 'node:timers/promises';
import { type Error as DriverError, isDriverAdapterError } from '@prisma/driver-adapter-utils';
import {
  ConflictException,
  type DomainException,
  InvalidInputException,
  UnavailableException,
} from '../../domain/exceptions.ts';
import { Prisma } from './generated/client.ts';

/** Concurrent transactions changed the same data; a retry may succeed. */
export class WriteConflictException extends ConflictException {
  override readonly name = 'WriteConflictException';
}

const ATTEMPTS = 5;
const FIRST_DELAY_MS = 10;

type Translation = [new (message: string, options: ErrorOptions) => DomainException, string];

const NOT_REACHABLE: Translation = [UnavailableException, 'The database cannot be reached'];
const NOT_MIGRATED: Translation = [
  UnavailableException,
  'A table is missing: apply the migrations',
];
const READ_ONLY: Translation = [UnavailableException, 'The database is read-only'];
const OUT_OF_RESOURCES: Translation = [UnavailableException, 'The database is out of resources'];
const LOCKED: Translation = [UnavailableException, 'The data is locked by another transaction'];
const TOO_SLOW: Translation = [UnavailableException, 'The database took too long'];
const TOO_LARGE: Translation = [InvalidInputException, 'A value is out of range'];
const NOT_STORABLE: Translation = [
  InvalidInputException,
  'A text contains characters that cannot be stored',
];
const DUPLICATE: Translation = [ConflictException, 'A resource with these values already exists'];
const REFERENCE: Translation = [
  ConflictException,
  'The resource refers to one that does not exist, or another one refers to it',
];
const WRITE_CONFLICT: Translation = [
  WriteConflictException,
  'Concurrent changes to the same data; try again',
];

/** By the SQLSTATE of PostgreSQL or, for what it does not list, by its class: the first two digits. */
const SQLSTATES: Partial<Record<string, Translation>> = {
  '08': NOT_REACHABLE, // connection_exception
  '22001': TOO_LARGE, // string_data_right_truncation
  '22003': TOO_LARGE, // numeric_value_out_of_range
  '22008': TOO_LARGE, // datetime_field_overflow
  '22021': NOT_STORABLE, // character_not_in_repertoire
  '22P05': NOT_STORABLE, // untranslatable_character
  '23001': REFERENCE, // restrict_violation
  '23503': REFERENCE, // foreign_key_violation
  '23505': DUPLICATE, // unique_violation
  '23P01': DUPLICATE, // exclusion_violation
  '25006': READ_ONLY, // read_only_sql_transaction
  '25P03': TOO_SLOW, // idle_in_transaction_session_timeout
  '25P04': TOO_SLOW, // transaction_timeout
  '40001': WRITE_CONFLICT, // serialization_failure
  '40P01': WRITE_CONFLICT, // deadlock_detected
  '42P01': NOT_MIGRATED, // undefined_table
  '53': OUT_OF_RESOURCES, // insufficient_resources
  '53300': NOT_REACHABLE, // too_many_connections
  '55P03': LOCKED, // lock_not_available
  '57': NOT_REACHABLE, // operator_intervention
  '57014': TOO_SLOW, // query_canceled
};

/** By the kind that the driver gives to errors that did not come from PostgreSQL. */
const DRIVER_ERRORS: Partial<Record<string, Translation>> = {
  ConnectionClosed: NOT_REACHABLE,
  DatabaseNotReachable: NOT_REACHABLE,
  SocketTimeout: NOT_REACHABLE,
};

/** By the code of Prisma, for errors that did not come from the driver. */
const PRISMA_ERRORS: Partial<Record<string, Translation>> = {
  P2028: TOO_SLOW, // a transaction did not start or end in time
};

/** By the message, for driver errors that have no code. */
const MESSAGES: Partial<Record<string, Translation>> = {
  'timeout exceeded when trying to connect': [
    UnavailableException,
    'The database is busy: no connection became free in time',
  ],
  'Connection terminated due to connection timeout': NOT_REACHABLE,
  'Connection terminated unexpectedly': NOT_REACHABLE,
};

/**
 * Runs something on the database.
 *
 * @throws {DomainException} for errors that callers may know of; other errors pass through
 */
export async function translateErrors<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    const [Exception, message] = translationOf(error) ?? [];
    throw Exception && message ? new Exception(message, { cause: error }) : error;
  }
}

function translationOf(error: unknown): Translation | undefined {
  const driverError = driverErrorOf(error);
  if (driverError?.originalCode !== undefined) return translationOfState(driverError.originalCode);
  if (driverError !== undefined) return DRIVER_ERRORS[driverError.kind];
  if (error instanceof Prisma.PrismaClientKnownRequestError) return PRISMA_ERRORS[error.code];
  return error instanceof Error ? MESSAGES[error.message] : undefined;
}

function translationOfState(sqlState: string): Translation | undefined {
  return SQLSTATES[sqlState] ?? SQLSTATES[sqlState.slice(0, 2)];
}

/** Most are wrapped in an error of Prisma; those of a commit are not. */
function driverErrorOf(error: unknown): DriverError | undefined {
  const candidate =
    error instanceof Prisma.PrismaClientKnownRequestError ? error.meta?.driverAdapterError : error;
  return candidate instanceof Error && isDriverAdapterError(candidate)
    ? candidate.cause
    : undefined;
}

/**
 * Runs something again, a few times, while it fails because others changed the same at the same
 * time. It must have left nothing behind when it fails: a single statement or a whole transaction.
 *
 * @throws {WriteConflictException} when it conflicts again and again
 */
export async function retryWriteConflicts<Result>(run: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof WriteConflictException) || attempt === ATTEMPTS) throw error;
    }
    // By chance, so that those that met once do not meet again.
    await setTimeout(Math.random() * FIRST_DELAY_MS * 2 ** attempt);
  }
}
