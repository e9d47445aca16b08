import { createInterface } from 'node:readline';
import { KnownError, messageOf } from './errors.mjs';
import { EngineCrash } from './load-schema-engine.mjs';
import { parseJson } from './parse-json.mjs';

const PARSE_ERROR = -32700;
const INVALID_REQUEST = -32600;
const METHOD_NOT_FOUND = -32601;
/** The CLI expects the particulars in `data`. */
const ENGINE_ERROR = 4466;

/**
 * @typedef {object} Request
 * @property {string | number | null} [id]
 * @property {string} method
 * @property {unknown} [params]
 *
 * @typedef {object} Session
 * @property {(method: string) => boolean} offers
 * @property {(method: string, params: unknown) => Promise<unknown>} call
 */

/**
 * Answers the requests on stdin, one a line and one after the other, until stdin ends.
 *
 * @param {Session} session
 */
export async function serveJsonRpc(session) {
  for await (const line of createInterface({ input: process.stdin })) {
    const message = tryToParse(line);
    if (message === undefined) sendError(null, PARSE_ERROR, 'This line is not JSON');
    else if (isRequest(message)) await answer(session, message);
    else if (!isResponse(message)) sendError(null, INVALID_REQUEST, 'This is not a request');
  }
}

/** @param {string} line */
function tryToParse(line) {
  try {
    return parseJson(line);
  } catch {
    return undefined;
  }
}

/**
 * @param {unknown} message
 * @returns {message is Request}
 */
function isRequest(message) {
  return isObject(message) && 'method' in message && typeof message.method === 'string';
}

/**
 * The CLI acknowledges what it was asked to print.
 *
 * @param {unknown} message
 */
function isResponse(message) {
  return isObject(message) && 'result' in message;
}

/**
 * @param {unknown} value
 * @returns {value is object}
 */
function isObject(value) {
  return typeof value === 'object' && value !== null;
}

/**
 * @param {Session} session
 * @param {Request} request
 */
async function answer(session, { id = null, method, params }) {
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

/**
 * The CLI prints no result of `diff`: it wants to be told to.
 *
 * @param {unknown} result
 */
function printDifferences(result) {
  if (!isObject(result) || !('stdout' in result) || !result.stdout) return;
  send({ id: 0, method: 'print', params: { content: result.stdout } });
}

/**
 * @param {string | number | null} id
 * @param {number} code
 * @param {string} message
 * @param {unknown} [error]
 */
function sendError(id, code, message, error) {
  const data = {
    is_panic: error instanceof EngineCrash && error.isPanic,
    message,
    meta: null,
    error_code: errorCode(error),
  };
  send({ id, error: { code, message, data } });
}

/**
 * The code that Prisma documents; the engine puts it on its errors.
 *
 * @param {unknown} error
 */
function errorCode(error) {
  if (error instanceof KnownError) return error.code;
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** @param {object} message */
function send(message) {
  process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
}
