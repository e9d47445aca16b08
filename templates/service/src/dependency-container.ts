import { aliasTo, asClass, asValue, createContainer, InjectionMode } from 'awilix';
import type { Config } from './config.ts';
import type { ServiceContextRepository } from './domain/ports/service-context-repository.ts';
import type { UnitOfWork } from './domain/ports/unit-of-work.ts';
import { MigrationHistory } from './infrastructure/databases/migration-history.ts';
import { PrismaDatabase } from './infrastructure/databases/prisma-database.ts';
import { PrismaServiceContextRepository } from './infrastructure/repositories/prisma-service-context-repository.ts';
import { ServiceContextService } from './services/service-context-service.ts';
// <resources:imports>

/** What each part of the service is made of. Every registration is a singleton. */
export function createDependencyContainer(config: Config) {
  return createContainer({ injectionMode: InjectionMode.PROXY, strict: true }).register({
    config: asValue(config),
    database: asClass(PrismaDatabase)
      .singleton()
      .disposer((database) => database.close()),
    unitOfWork: aliasTo<UnitOfWork>('database'),
    migrationHistory: asClass(MigrationHistory)
      .singleton()
      .disposer((history) => history.close()),
    serviceContextRepository: asClass<ServiceContextRepository>(
      PrismaServiceContextRepository,
    ).singleton(),
    serviceContextService: asClass(ServiceContextService).singleton(),
    // <resources:registrations>
  });
}

export type DependencyContainer = ReturnType<typeof createDependencyContainer>;
export type Dependencies = DependencyContainer['cradle'];
