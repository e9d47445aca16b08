import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import { exitStatus } from '../../../lib/errors/exit-status.ts';
import { GeneratorError, hasCode } from '../../../lib/errors/generator-error.ts';
import type { RenderedFile } from '../../../lib/files/render-folder.ts';
import { childEnvironment } from '../../../lib/process/child-environment.ts';

/** Where a service keeps its Prisma schema. */
const SCHEMA = 'prisma/schema';

/** Two versions of a Prisma schema. */
interface Schemas {
  readonly before: readonly RenderedFile[];
  readonly after: readonly RenderedFile[];
}

/**
 * Makes the scripts that lead from one Prisma schema to another and back, with the Prisma of a
 * service and without a database.
 *
 * @throws {GeneratorError} if Prisma is not installed or cannot read a schema
 */
export async function prismaDiffs(
  directory: string,
  { before, after }: Schemas,
  signal: AbortSignal,
): Promise<{ up: string; down: string }> {
  const service = realpathSync(directory);
  const prisma = prismaOf(service);
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'clean-flask-ts-')));
  try {
    const [from, to] = [join(folder, 'before'), join(folder, 'after')];
    writeSchema(from, before);
    writeSchema(to, after);
    const context = { service, prisma, signal };
    const runs = [diff(from, to, context), diff(to, from, context)] as const;
    // If one fails, the other one still uses the folder.
    await Promise.allSettled(runs);
    const [up, down] = await Promise.all(runs);
    return { up, down };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function prismaOf(service: string): string {
  try {
    return createRequire(join(service, 'package.json')).resolve('prisma/build/index.js');
  } catch (error) {
    if (!hasCode(error, 'MODULE_NOT_FOUND')) throw error;
    throw new GeneratorError(exitStatus.usage, {
      reason: `Prisma is not installed in ${service}: it makes the migration.`,
      hint: 'Install the dependencies of the service, then repeat the command.',
    });
  }
}

function writeSchema(folder: string, files: readonly RenderedFile[]): void {
  for (const { path, contents } of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), contents);
  }
}

interface Context {
  readonly service: string;
  readonly prisma: string;
  readonly signal: AbortSignal;
}

/** @param from a folder with a schema, as is `to` */
async function diff(from: string, to: string, context: Context): Promise<string> {
  const { service, prisma, signal } = context;
  const schemas = ['--from-schema', join(from, SCHEMA), '--to-schema', join(to, SCHEMA)];
  const result = await execa(
    process.execPath,
    [prisma, 'migrate', 'diff', ...schemas, '--script'],
    {
      cwd: service,
      env: {
        ...childEnvironment(process.env),
        // A native engine, or its download, has no part in this.
        PRISMA_SCHEMA_ENGINE_BINARY: join(service, 'tools', 'schema-engine.mjs'),
      },
      extendEnv: false,
      stdin: 'ignore',
      cancelSignal: signal,
      reject: false,
    },
  );
  signal.throwIfAborted();
  if (!result.failed) return result.stdout;
  const output = (result.stderr || (result.shortMessage ?? '')).trim();
  throw new GeneratorError(exitStatus.usage, {
    reason: 'Prisma cannot compare the schema before the change with the one after it.',
    // Paths as in the service.
    output: output.replaceAll(join(from, '/'), '').replaceAll(join(to, '/'), ''),
    hint: `Fix the files in ${SCHEMA}, then repeat the command.`,
  });
}
