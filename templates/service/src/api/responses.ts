import { STATUS_CODES } from 'node:http';
import type { FastifyReply } from 'fastify';
import type { Itemization, Page } from '../domain/ports/repository.ts';

/** A message, or a message for each invalid field. */
export type ErrorMessage = string | Record<string, string>;

/** Answers with an error. */
export function sendProblem(reply: FastifyReply, status: number, errorMessage: ErrorMessage): void {
  void reply.code(status).type('application/problem+json').send(problem(status, errorMessage));
}

/** The JSON of an error: the form of RFC 9457, plus the member `error_message`. */
export function problem(status: number, errorMessage: ErrorMessage) {
  const detail =
    typeof errorMessage === 'string' ? errorMessage : 'Some fields of the body are invalid';
  return {
    type: 'about:blank',
    title: STATUS_CODES[status],
    status,
    detail,
    error_message: errorMessage,
  };
}

/** The entity tag of a version: what `If-Match` is compared with. */
export function entityTag({ version }: { version: number }): string {
  return `"${version}"`;
}

/** The JSON of a list. */
export function listResponse<Model, Item>(
  list: Page<Model> | Itemization<Model>,
  toItem: (model: Model) => Item,
) {
  const items = list.items.map(toItem);
  if (!('total' in list)) return { items };
  return { total: list.total, page: list.page, per_page: list.perPage, items };
}
