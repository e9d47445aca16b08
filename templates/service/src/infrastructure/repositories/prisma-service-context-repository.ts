import { ServiceContext, type ServiceContextChanges } from '../../domain/models/service-context.ts';
import type { ServiceContextRepository } from '../../domain/ports/service-context-repository.ts';
import type { PrismaDatabase } from '../databases/prisma-database.ts';

const THE_ROW = { id: 1 };

export class PrismaServiceContextRepository implements ServiceContextRepository {
  readonly #database: PrismaDatabase;

  constructor({ database }: { database: PrismaDatabase }) {
    this.#database = database;
  }

  async get(): Promise<ServiceContext> {
    const { serviceContext } = this.#database.client;
    return new ServiceContext(await serviceContext.findUniqueOrThrow({ where: THE_ROW }));
  }

  async update(changes: ServiceContextChanges): Promise<ServiceContext> {
    const data = { ...changes, updatedAt: new Date() };
    const { serviceContext } = this.#database.client;
    return new ServiceContext(await serviceContext.update({ where: THE_ROW, data }));
  }
}
