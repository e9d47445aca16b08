import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { childEnvironment } from './child-environment.ts';

export const serviceFolder = path.resolve(import.meta.dirname, '../..');
export const schemaEngine = path.join(serviceFolder, 'tools', 'schema-engine.mjs');

const prismaProgram = createRequire(import.meta.url).resolve('prisma/build/index.js');

export interface PrismaResult {
  status: number | string | null | undefined;
  /** Everything that it wrote to stdout and stderr. */
  output: string;
}

/**
 * Runs the Prisma CLI in a folder, with the schema engine in WebAssembly, which needs no shadow
 * database. It knows no database but those that `environment` names.
 *
 * @param command its arguments, which contain no spaces
 */
export function runPrisma(
  folder: string,
  command: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<PrismaResult> {
  const env = childEnvironment({ PRISMA_SCHEMA_ENGINE_BINARY: schemaEngine, ...environment });
  const args = [prismaProgram, ...command.split(' ')];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ status: error ? error.code : 0, output: stdout + stderr });
    });
  });
}

/** Applies the migrations of the service to a database. */
export async function applyMigrations(url: string): Promise<void> {
  const { status, output } = await runPrisma(serviceFolder, 'migrate deploy', {
    DATABASE_URL: url,
  });
  if (status !== 0) throw new Error(output);
}
