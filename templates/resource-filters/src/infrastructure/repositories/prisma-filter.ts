import type { Filter } from '../../domain/ports/filter.ts';

/** A filter as Prisma takes it for any column. */
export function toPrismaFilter<Value>({ anyOf, from, to }: Filter<Value>) {
  return {
    ...(anyOf !== undefined && { in: [...anyOf] }),
    ...(from !== undefined && { gte: from }),
    ...(to !== undefined && { lte: to }),
  };
}
