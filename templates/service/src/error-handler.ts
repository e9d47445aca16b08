import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorMessage, sendProblem } from './api/responses.ts';
import { describeValidationErrors } from './api/validation.ts';
import {
  type DomainException,
  InvalidInputException,
  NotFoundException,
  StaleVersionException,
  UnavailableException,
} from './domain/exceptions.ts';

interface Answer {
  status: number;
  message: ErrorMessage;
}

const STATUSES: readonly [new (message: string) => DomainException, number][] = [
  [NotFoundException, 404],
  [InvalidInputException, 400],
  [StaleVersionException, 412],
  [UnavailableException, 503],
];

/** Answers a request that failed. What the caller may not know goes to the log only. */
export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { status, message } = answerTo(error);
  if (status >= 500) request.log.error({ err: error }, 'request failed');
  sendProblem(reply, status, message);
}

/** Answers a request that no route takes. */
export function handleNotFound(request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(reply, 404, `There is no ${request.method} ${request.url}`);
}

/** Answers a request to a URL that does not start with the service prefix. */
export function handleOutsidePrefix(_request: FastifyRequest, reply: FastifyReply): void {
  void reply.code(404).type('text/plain').send('This url does not belong to the app.');
}

function answerTo(error: unknown): Answer {
  for (const [exception, status] of STATUSES) {
    if (error instanceof exception) return { status, message: error.message };
  }
  if (isFastifyError(error)) {
    const { statusCode: status = 500, message, validation } = error;
    if (validation) return { status, message: describeValidationErrors(validation) };
    if (status < 500) return { status, message };
  }
  return { status: 500, message: 'Internal server error' };
}

function isFastifyError(error: unknown): error is FastifyError {
  return (
    error instanceof Error &&
    'code' in error &&
    typeof error.code === 'string' &&
    error.code.startsWith('FST_')
  );
}
