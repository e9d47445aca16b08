import { UnavailableException } from '../../domain/exceptions.ts';
import { ServiceContext, type ServiceContextChanges } from '../../domain/models/service-context.ts';
import type { ServiceContextRepository } from '../../domain/ports/service-context-repository.ts';
import { Prisma } from '../databases/generated/client.ts';
import type { ServiceContextModel } from '../databases/generated/models/ServiceContext.ts';
import type { PrismaDatabase } from '../databases/prisma-database.ts';

const THE_ROW = { id: 1 };
const TABLE_MISSING = 'P2021';

export class PrismaServiceContextRepository implements ServiceContextRepository {
  readonly #database: PrismaDatabase;

  constructor({ database }: { database: PrismaDatabase }) {
    this.#database = database;
  }

  get(): Promise<ServiceContext> {
    const { serviceContext } = this.#database.client;
    return toModel(serviceContext.findUniqueOrThrow({ where: THE_ROW }));
  }

  update(changes: ServiceContextChanges): Promise<ServiceContext> {
    const data = { ...changes, updatedAt: new Date() };
    const { serviceContext } = this.#database.client;
    return toModel(serviceContext.update({ where: THE_ROW, data }));
  }
}

/** @throws {UnavailableException} when the first migration has not been applied */
async function toModel(row: PromiseLike<ServiceContextModel>): Promise<ServiceContext> {
  try {
    return new ServiceContext(await row);
  } catch (error) {
    const isKnown = error instanceof Prisma.PrismaClientKnownRequestError;
    if (!isKnown || error.code !== TABLE_MISSING) throw error;
    throw new UnavailableException('There is no table service_context: apply the migrations', {
      cause: error,
    });
  }
}
