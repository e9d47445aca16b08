import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ConnectionError, FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorMessage, problem, sendProblem } from '../api/responses.ts';
import { describeValidationErrors } from '../api/validation.ts';
import {
  ConflictException,
  type DomainException,
  InvalidInputException,
  NotFoundException,
  StaleVersionException,
  TooManyRequestsException,
  UnavailableException,
} from '../domain/exceptions.ts';
import { pathOf } from './printable-url.ts';

interface Answer {
  status: number;
  message: ErrorMessage;
}

const STATUSES: readonly [new (message: string) => DomainException, number][] = [
  [NotFoundException, 404],
  [InvalidInputException, 400],
  [ConflictException, 409],
  [StaleVersionException, 412],
  [TooManyRequestsException, 429],
  [UnavailableException, 503],
];

/** What Node finds wrong before there is a request, by its code. */
const CONNECTION_ERRORS: Partial<Record<string, [number, string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not arrive in time'],
  HPE_HEADER_OVERFLOW: [431, 'The headers are too large'],
};

/** When a client may try again to reach what is not available. */
const RETRY_AFTER_SECONDS = 5;

/** Answers a request that failed. What the caller may not know goes to the log only. */
export function handleError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { status, message } = answerTo(error);
  // A client that is gone is no failure of the service: its line in the log says so.
  const isClientGone = error === request.raw.errored;
  if (status >= 500 && !isClientGone) request.log.error({ err: error }, 'request failed');
  if (status === 503) void reply.header('retry-after', RETRY_AFTER_SECONDS);
  sendProblem(reply, status, message);
}

/** Answers a request that no route takes. */
export function handleNotFound(request: FastifyRequest, reply: FastifyReply): void {
  sendProblem(reply, 404, `There is no ${request.method} ${pathOf(request.url)}`);
}

/** Answers a request to a URL that does not start with the service prefix. */
export function handleOutsidePrefix(_request: FastifyRequest, reply: FastifyReply): void {
  void reply.code(404).type('text/plain').send('This url does not belong to the app.');
}

/** Answers on a connection that holds no request: it is late, too large, or not HTTP. */
export function handleConnectionError(error: ConnectionError, socket: Socket): void {
  if (error.code !== 'ECONNRESET' && socket.writable) {
    const [status, message] = CONNECTION_ERRORS[error.code] ?? [400, 'This is not a request'];
    const body = JSON.stringify(problem(status, message));
    const head = [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
      'Content-Type: application/problem+json; charset=utf-8',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  }
  socket.destroy(error);
}

function answerTo(error: unknown): Answer {
  for (const [exception, status] of STATUSES) {
    if (error instanceof exception) return { status, message: error.message };
  }
  if (isFastifyError(error)) {
    const { code, statusCode: status = 500, message, validation } = error;
    if (code === 'FST_ERR_HANDLER_TIMEOUT') return { status, message: 'The answer took too long' };
    if (code === 'FST_ERR_BAD_URL') return { status, message: 'The URL is malformed' };
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
