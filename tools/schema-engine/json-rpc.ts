import { createInterface } from 'node:readline';
import { KnownError, messageOf } from './errors.ts';
import { EngineCrash } from './load-schema-engine.ts';

const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
const METHOD_NOT_FOUND = -32601;
/** The CLI expects the details in `data`. */
const ENGINE_ERROR = 4466;

interface Request {
  id?: string | number | null;
  method: string;
  params?: unknown;
}

interface Session {
  offers: (method: string) => boolean;
  call: (method: string, params: unknown) => Promise<unknown>;
}

/** Answers the requests on stdin, one per line and one after the other, until stdin ends. */
export async function serveJsonRpc(session: Session): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const message = tryToParse(line);
    if (message === undefined) sendError(null, PARSE_ERROR, 'This line is not JSON');
    else if (isRequest(message)) await answer(session, message);
    else if (!isResponse(message)) sendError(null, INVALID_REQUEST, 'This is not a request');
  }
}

function tryToParse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isRequest(message: unknown): message is Request {
  return isObject(message) && 'method' in message && typeof message.method === 'string';
}

/** The CLI acknowledges what it was asked to print. */
function isResponse(message: unknown): boolean {
  return isObject(message) && 'result' in message;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

async function answer(session: Session, { id = null, method, params }: Request): Promise<void> {
  if (!session.offers(method)) {
    sendError(id, METHOD_NOT_FOUND, `The schema engine has no method ${JSON.stringify(method)}`);
    return;
  }
  try {
    const result = await session.call(method, params);
    if (method === 'diff') printDifferences(result);
    send({ id, result: result ?? null });
  } catch (error) {
    sendError(id, ENGINE_ERROR, messageOf(error), error);
  }
}

/** The CLI does not print the result of `diff` unless the engine asks it to. */
function printDifferences(result: unknown): void {
  if (!isObject(result) || !('stdout' in result) || !result.stdout) return;
  send({ id: 0, method: 'print', params: { content: result.stdout } });
}

function sendError(
  id: string | number | null,
  code: number,
  message: string,
  error?: unknown,
): void {
  const data = {
    is_panic: error instanceof EngineCrash && error.isPanic,
    message,
    meta: null,
    error_code: errorCode(error),
  };
  send({ id, error: { code, message, data } });
}

/** The code that Prisma documents; the engine sets it on its errors. */
function errorCode(error: unknown): string | undefined {
  if (error instanceof KnownError) return error.code;
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

function send(message: object): void {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}
