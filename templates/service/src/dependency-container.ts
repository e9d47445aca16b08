import { aliasTo, asClass, asFunction, asValue, createContainer, InjectionMode } from 'awilix';
import type { Config } from './config.ts';
import type { ServiceContextRepository } from './domain/ports/service-context-repository.ts';
import type { UnitOfWork } from './domain/ports/unit-of-work.ts';
import { MigrationFiles } from './infrastructure/databases/migration-files.ts';
import { MigrationHistory } from './infrastructure/databases/migration-history.ts';
import { findDeployMigrations } from './infrastructure/databases/prisma-cli.ts';
import { PrismaDatabase } from './infrastructure/databases/prisma-database.ts';
import { PrismaServiceContextRepository } from './infrastructure/repositories/prisma-service-context-repository.ts';
import * as resourceDependencies from './resource-dependencies.ts';
import { ServiceContextService } from './services/service-context-service.ts';

/** Wires the parts of the service together. Every registration is a singleton. */
export function createDependencyContainer(config: Config) {
  return createContainer({ injectionMode: InjectionMode.PROXY, strict: true }).register({
    config: asValue(config),
    database: asClass(PrismaDatabase)
      .singleton()
      .disposer((database) => database.close()),
    unitOfWork: aliasTo<UnitOfWork>('database'),
    deployMigrations: asFunction(findDeployMigrations).singleton(),
    migrationFiles: asValue(new MigrationFiles()),
    migrationHistory: asClass(MigrationHistory)
      .singleton()
      .disposer((history) => history.close()),
    serviceContextRepository: asClass<ServiceContextRepository>(
      PrismaServiceContextRepository,
    ).singleton(),
    serviceContextService: asClass(ServiceContextService).singleton(),
    ...resourceDependencies,
  });
}

export type DependencyContainer = ReturnType<typeof createDependencyContainer>;
export type Dependencies = DependencyContainer['cradle'];
