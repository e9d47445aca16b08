import { Ajv, type ErrorObject } from 'ajv';
import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';

const ajv = new Ajv({
  allErrors: true,
  // TypeBox makes valid schemas; compiling the meta-schema would slow the start-up.
  validateSchema: false,
  formats: {
    // PostgreSQL stores neither NUL nor half of a surrogate pair.
    text: (value: string) => !value.includes('\0') && value.isWellFormed(),
  },
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
  format: () => 'must not contain characters that cannot be stored',
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
