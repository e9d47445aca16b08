import { schemaEngine } from './run-prisma.ts';
import { type SourceProcess, startSource } from './source-process.ts';

/**
 * Starts a management command in a process of its own.
 *
 * @param folder where it finds migrations
 * @param environment its configuration; what is not named has its default
 */
export function startManagement(
  args: readonly string[],
  folder: string,
  environment: NodeJS.ProcessEnv,
): SourceProcess {
  return startSource('management.ts', args, folder, {
    PRISMA_SCHEMA_ENGINE_BINARY: schemaEngine,
    ...environment,
  });
}
