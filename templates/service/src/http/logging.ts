import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import {
  type FastifyReply,
  type FastifyRequest,
  type FastifyServerOptions,
  LogController,
} from 'fastify';
import { pathOf, printableUrl } from './printable-url.ts';

/** Where lines of the log go. */
export interface LogDestination {
  isTTY?: boolean;
  write(line: string): unknown;
}

const REQUEST_ID_HEADER = 'x-request-id';
/** The request ids of clients that the log and the response repeat. */
const PLAIN_ID = /^[A-Za-z0-9._-]{1,64}$/;

const SECRET_HEADERS = [
  'authorization',
  'cookie',
  // Its query and its credentials; the line of the request has the rest.
  'referer',
  '["proxy-authorization"]',
  '["set-cookie"]',
];
const REDACTED = SECRET_HEADERS.flatMap((header) => [`headers.${header}`, `*.headers.${header}`]);

/** Fastify's options for the log: JSON lines, or readable ones in a terminal. */
export async function loggingOptions(
  level: string,
  destination?: LogDestination,
): Promise<Pick<FastifyServerOptions, 'logger' | 'logController' | 'genReqId'>> {
  const output = destination ?? process.stdout;
  const stream = output.isTTY ? await readable(output) : destination;
  return {
    logger: {
      level,
      redact: REDACTED.map((path) => path.replace('.[', '[')),
      serializers: { req: describeRequest },
      ...(stream && { stream }),
    },
    logController: new AccessLog(),
    genReqId: requestIdOf,
  };
}

async function readable(output: LogDestination): Promise<LogDestination> {
  // Loaded only where it is used: not in production.
  const { prettyFactory } = await import('pino-pretty');
  const format = prettyFactory({});
  return { write: (line) => output.write(format(line)) };
}

/** Writes one line for each request, also for those that no hook sees or whose client is gone. */
class AccessLog extends LogController {
  override incomingRequest(request: FastifyRequest, reply: FastifyReply): void {
    void reply.header(REQUEST_ID_HEADER, request.id);
    reply.raw.once('close', () => {
      request.log.info(describeAnswer(request, reply), 'request completed');
    });
  }

  override requestCompleted(): void {
    // The line is written when the response closes.
  }
}

function describeAnswer(request: FastifyRequest, reply: FastifyReply) {
  return {
    method: request.method,
    path: pathOf(request.url),
    time_ms: Math.round(reply.elapsedTime * 10) / 10,
    client: request.ip,
    referrer: request.headers.referer && printableUrl(request.headers.referer),
    user_agent: request.headers['user-agent'],
    ...(reply.raw.writableEnded ? { status: reply.statusCode } : { aborted: true }),
  };
}

function describeRequest({ method, url, ip }: FastifyRequest) {
  return { method, path: pathOf(url), client: ip };
}

function requestIdOf({ headers }: IncomingMessage): string {
  const id = headers[REQUEST_ID_HEADER];
  return typeof id === 'string' && PLAIN_ID.test(id) ? id : randomUUID();
}
