import { Ajv, type ErrorObject } from 'ajv';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';

interface Format {
  accepts: (value: string) => boolean;
  message: string;
}

/** The formats of strings. */
export const formats = {
  text: {
    // PostgreSQL stores neither NUL nor half of a surrogate pair.
    accepts: (value) => !value.includes('\0') && value.isWellFormed(),
    message: 'must not contain characters that cannot be stored',
  },
  date: {
    accepts: (value) => /^\d{4}-\d\d-\d\d$/.test(value) && isCanonical(`${value}T00:00:00Z`),
    message: 'must be a date such as 2024-02-29',
  },
  time: {
    accepts: (value) => /^\d\d:\d\d:\d\d$/.test(value) && isCanonical(`1970-01-01T${value}Z`),
    message: 'must be a time such as 23:59:59',
  },
  'date-time': {
    accepts: isDateTime,
    message: 'must be a date and time such as 2024-02-29T23:59:59Z',
  },
  uuid: {
    accepts: (value) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value),
    message: 'must be a UUID',
  },
  int64: {
    accepts: (value) =>
      /^-?\d{1,19}$/.test(value) && BigInt.asIntN(64, BigInt(value)) === BigInt(value),
    message: 'must be an integer of 64 bits in a string, such as "42"',
  },
} satisfies Record<string, Format>;

const messageOfFormat = new Map<unknown, string>(
  Object.entries(formats).map(([name, { message }]) => [name, message]),
);

const ajv = new Ajv({
  allErrors: true,
  // TypeBox makes valid schemas; compiling the meta-schema would slow the start-up.
  validateSchema: false,
  formats: Object.fromEntries(
    Object.entries(formats).map(([name, { accepts }]) => [name, accepts]),
  ),
});

/**
 * Compiles the schemas of request bodies: nothing is coerced, dropped or added. Query strings and
 * ids are never refused, so that their schemas only document; `requests.ts` reads them.
 */
export const compileValidator: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) =>
  httpPart === 'body' ? ajv.compile(schema) : () => true;

type ValidationError = Pick<ErrorObject, 'keyword' | 'instancePath' | 'params' | 'message'>;

const MESSAGES: Record<string, (params: Record<string, unknown>) => string> = {
  additionalProperties: () => 'is unknown or read-only',
  enum: ({ allowedValues }) => `must be one of: ${[allowedValues].flat().map(String).join(', ')}`,
  format: ({ format }) => messageOfFormat.get(format) ?? 'is invalid',
  maxLength: ({ limit }) => `must have a length of at most ${String(limit)}`,
  minLength: ({ limit }) => `must have a length of at least ${String(limit)}`,
  required: () => 'is required',
  type: ({ type }) => `must be ${[type].flat().join(' or ')}`,
};

/**
 * Describes why a body is invalid: a message for each field, or one message for the body as a whole.
 */
export function describeValidationErrors(
  errors: readonly ValidationError[],
): string | Record<string, string> {
  const messages = new Map<string, string>();
  for (const error of errors) {
    const message = MESSAGES[error.keyword]?.(error.params) ?? error.message ?? 'is invalid';
    const field = fieldOf(error);
    if (field === undefined) return `The body ${message}`;
    if (!messages.has(field)) messages.set(field, message);
  }
  return Object.fromEntries(messages);
}

function fieldOf({ instancePath, params }: ValidationError): string | undefined {
  for (const name of ['missingProperty', 'additionalProperty']) {
    if (typeof params[name] === 'string') return params[name];
  }
  return instancePath.split('/')[1];
}

function isDateTime(value: string): boolean {
  const [, time = '', offset = ''] =
    /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.\d{1,9})?(Z|[-+]\d\d:\d\d)$/.exec(value) ?? [];
  return isCanonical(`${time}Z`) && hasPrintableYear(new Date(`${time}${offset}`));
}

/** Whether a point in time exists: 30 February, read as a day in March, does not. */
function isCanonical(time: string): boolean {
  const date = new Date(time);
  return hasPrintableYear(date) && date.toISOString() === time.replace('Z', '.000Z');
}

/** Whether its year has four digits and PostgreSQL knows it. */
function hasPrintableYear(date: Date): boolean {
  const year = date.getUTCFullYear();
  return year >= 1 && year <= 9999;
}
