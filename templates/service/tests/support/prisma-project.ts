import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

export const serviceFolder = path.resolve(import.meta.dirname, '../..');
export const schemaEngine = path.join(serviceFolder, 'tools', 'schema-engine.mjs');

const prismaProgram = createRequire(import.meta.url).resolve('prisma/build/index.js');

export interface PrismaResult {
  status: number | string | null | undefined;
  /** What it wrote to stdout and stderr. */
  output: string;
}

/** A temporary project with this service's Prisma configuration, and neither model nor migration. */
export interface PrismaProject {
  folder: string;
  /** Runs a Prisma command, given without spaces in its arguments. */
  prisma: (command: string, environment?: NodeJS.ProcessEnv) => Promise<PrismaResult>;
  /** Writes a file in the folder `prisma`. */
  write: (file: string, content: string) => Promise<void>;
  remove: () => Promise<void>;
}

export async function createPrismaProject(): Promise<PrismaProject> {
  const folder = await mkdtemp(path.join(tmpdir(), 'prisma-project-'));
  const write = async (file: string, content: string) => {
    const target = path.join(folder, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, content);
  };
  const configuration = pathToFileURL(path.join(serviceFolder, 'prisma.config.ts')).href;
  await write('prisma.config.ts', `export { default } from '${configuration}';\n`);
  await write('prisma/schema/schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\n');
  await write('prisma/migrations/migration_lock.toml', 'provider = "postgresql"\n');
  return {
    folder,
    prisma: (command, environment) => runPrisma(folder, command, environment),
    write: (file, content) => write(path.join('prisma', file), content),
    remove: () => rm(folder, { recursive: true }),
  };
}

/** Runs the Prisma CLI in a folder, with the schema engine in WebAssembly. */
export function runPrisma(
  folder: string,
  command: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<PrismaResult> {
  const env = {
    ...process.env,
    DATABASE_URL: undefined,
    SHADOW_DATABASE_URL: undefined,
    NO_COLOR: '1',
    PRISMA_SCHEMA_ENGINE_BINARY: schemaEngine,
    ...environment,
  };
  return new Promise((resolve) => {
    const programArguments = [prismaProgram, ...command.split(' ')];
    execFile(process.execPath, programArguments, { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ status: error ? error.code : 0, output: stdout + stderr });
    });
  });
}
