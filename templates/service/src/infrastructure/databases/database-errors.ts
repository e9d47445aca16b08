import { isDriverAdapterError } from '@prisma/driver-adapter-utils';
import { InvalidInputException } from '../../domain/exceptions.ts';
import { Prisma } from './generated/client.ts';

/** The SQLSTATE of text that cannot be stored, such as a NUL character. */
const CHARACTER_NOT_IN_REPERTOIRE = '22021';

/** Turns what the caller did wrong into a domain exception; anything else is left as it is. */
export function translateDatabaseError(error: unknown): unknown {
  return sqlStateOf(error) === CHARACTER_NOT_IN_REPERTOIRE
    ? new InvalidInputException('A text holds characters that cannot be stored', { cause: error })
    : error;
}

function sqlStateOf(error: unknown): string | undefined {
  if (!(error instanceof Prisma.PrismaClientKnownRequestError)) return undefined;
  const driverError = error.meta?.driverAdapterError;
  return isDriverAdapterError(driverError) ? driverError.cause.originalCode : undefined;
}
