import { createRequire } from 'node:module';

/** Where the project keeps what the programs read, relative to its folder: the working directory. */
export const SCHEMA = 'prisma/schema';
export const MIGRATIONS = 'prisma/migrations';
export const PRISMA_CONFIG = 'prisma.config.ts';

/** Finds a file of a package that the project depends on. */
export function resolvePackageFile(file: string): string {
  return createRequire(import.meta.url).resolve(file);
}
