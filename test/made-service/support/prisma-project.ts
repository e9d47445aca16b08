import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { type PrismaResult, runPrisma, serviceFolder } from './run-prisma.ts';

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
  await write('prisma.config.ts', `export { default } from ${JSON.stringify(configuration)};\n`);
  await write('prisma/schema/schema.prisma', 'datasource db {\n  provider = "postgresql"\n}\n');
  await write('prisma/migrations/migration_lock.toml', 'provider = "postgresql"\n');
  return {
    folder,
    prisma: (command, environment) => runPrisma(folder, command, environment),
    write: (file, content) => write(path.join('prisma', file), content),
    remove: () => rm(folder, { recursive: true }),
  };
}
