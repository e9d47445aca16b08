import { type Error as DriverError, isDriverAdapterError } from '@prisma/driver-adapter-utils';
import {
  ConflictException,
  type DomainException,
  InvalidInputException,
  UnavailableException,
} from '../../domain/exceptions.ts';
import { Prisma } from './generated/client.ts';

/** Others changed the same at the same time: to try again may help. */
export class WriteConflictException extends ConflictException {
  override readonly name = 'WriteConflictException';
}

type Translation = [new (message: string, options: ErrorOptions) => DomainException, string];

const NOT_REACHABLE: Translation = [UnavailableException, 'The database cannot be reached'];
const TOO_SLOW: Translation = [UnavailableException, 'The database took too long'];
const TOO_LARGE: Translation = [InvalidInputException, 'A value is out of range'];
const NOT_STORABLE: Translation = [
  InvalidInputException,
  'A text holds characters that cannot be stored',
];
const DUPLICATE: Translation = [ConflictException, 'It exists already'];
const REFERENCE: Translation = [
  ConflictException,
  'It refers to something that does not exist, or something refers to it',
];
const WRITE_CONFLICT: Translation = [
  WriteConflictException,
  'Others changed the same at the same time: try again',
];

/** By the SQLSTATE of PostgreSQL, or the kind of an error that never got there. */
const DRIVER_ERRORS: Partial<Record<string, Translation>> = {
  '22001': TOO_LARGE, // string_data_right_truncation
  '22003': TOO_LARGE, // numeric_value_out_of_range
  '22021': NOT_STORABLE, // character_not_in_repertoire
  '23001': REFERENCE, // restrict_violation
  '23503': REFERENCE, // foreign_key_violation
  '23505': DUPLICATE, // unique_violation
  '40001': WRITE_CONFLICT, // serialization_failure
  '40P01': WRITE_CONFLICT, // deadlock_detected
  '53300': NOT_REACHABLE, // too_many_connections
  '57014': TOO_SLOW, // query_canceled
  '57P01': NOT_REACHABLE, // admin_shutdown
  '57P02': NOT_REACHABLE, // crash_shutdown
  '57P03': NOT_REACHABLE, // cannot_connect_now
  ConnectionClosed: NOT_REACHABLE,
  DatabaseNotReachable: NOT_REACHABLE,
  SocketTimeout: NOT_REACHABLE,
};

/** By the code of Prisma, where no error of the driver stands behind it. */
const PRISMA_ERRORS: Partial<Record<string, Translation>> = {
  P2028: TOO_SLOW, // a transaction did not begin, or not end, in time
};

/** By the message: the driver has nothing else to tell these errors by. */
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
 * @throws {DomainException} instead of an error that the caller may be told; others are left as they are
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
  if (driverError) return DRIVER_ERRORS[driverError.originalCode ?? driverError.kind];
  if (error instanceof Prisma.PrismaClientKnownRequestError) return PRISMA_ERRORS[error.code];
  return error instanceof Error ? MESSAGES[error.message] : undefined;
}

/** Most come inside an error of Prisma, those of a commit come bare. */
function driverErrorOf(error: unknown): DriverError | undefined {
  const candidate =
    error instanceof Prisma.PrismaClientKnownRequestError ? error.meta?.driverAdapterError : error;
  return candidate instanceof Error && isDriverAdapterError(candidate)
    ? candidate.cause
    : undefined;
}
