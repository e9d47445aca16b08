import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';

export const serviceFolder = path.resolve(import.meta.dirname, '../..');
export const schemaEngine = path.join(serviceFolder, 'tools', 'schema-engine.mjs');

const prismaProgram = createRequire(import.meta.url).resolve('prisma/build/index.js');

/** What a program needs to run at all; names are in any case on Windows. */
const NEEDED =
  /^(path|pathext|home|userprofile|appdata|localappdata|systemroot|windir|comspec|tmpdir|temp|tmp)$/i;

export interface PrismaResult {
  status: number | string | null | undefined;
  /** Everything that it wrote to stdout and stderr. */
  output: string;
}

/**
 * The environment of a program that a test starts: whatever else the shell, an editor or a pipeline
 * has set does not reach it, least of all the name of a database.
 */
export function programEnvironment(variables: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => NEEDED.test(name));
  return { ...Object.fromEntries(inherited), NO_COLOR: '1', ...variables };
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
  const env = programEnvironment({ PRISMA_SCHEMA_ENGINE_BINARY: schemaEngine, ...environment });
  const args = [prismaProgram, ...command.split(' ')];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { cwd: folder, env }, (error, stdout, stderr) => {
      resolve({ status: error ? error.code : 0, output: stdout + stderr });
    });
  });
}
