/** What `prisma.config.ts` needs so that the Prisma CLI uses the schema engine in WebAssembly. */
import childProcess from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

type Spawn = (file: string, programArguments?: unknown, options?: unknown) => unknown;

const ENGINE = path.join(import.meta.dirname, 'schema-engine.mjs');

/**
 * Makes this process, the Prisma CLI, use the schema engine in WebAssembly, unless
 * PRISMA_SCHEMA_ENGINE_BINARY names another engine or a native one is installed. With neither, the CLI
 * would download one before any command, even before those that need none.
 */
export function useSchemaEngine(): void {
  const named = process.env.PRISMA_SCHEMA_ENGINE_BINARY;
  if (named ? named !== ENGINE : hasNativeEngine()) return;
  process.env.PRISMA_SCHEMA_ENGINE_BINARY = ENGINE;
  startWithNode(ENGINE);
}

/** Whether the folder to which the CLI downloads holds an engine. */
function hasNativeEngine(): boolean {
  const cli = createRequire(import.meta.url).resolve('prisma/package.json');
  const engines = path.dirname(createRequire(cli).resolve('@prisma/engines/package.json'));
  return readdirSync(engines).some((file) => nativeEngineName().test(file));
}

function nativeEngineName(): RegExp {
  switch (process.platform) {
    case 'win32':
      return /^schema-engine-windows/;
    case 'darwin':
      return /^schema-engine-darwin/;
    default:
      return /^schema-engine-(?!windows|darwin)/;
  }
}

/**
 * The CLI starts its engine as a program. Windows cannot run a script, and elsewhere a script runs only
 * if it kept its executable bit; so whenever the CLI starts this one, Node.js is started with it.
 */
function startWithNode(script: string): void {
  const spawn = childProcess.spawn as Spawn;
  const spawnWithNode: Spawn = (file, programArguments, options) => {
    const given = isList(programArguments) ? programArguments : [];
    if (file === script) return spawn(process.execPath, [script, ...given], options);
    // On Windows, execa reads the first line of the script and starts the program named there.
    if (given[0] === script) return spawn(process.execPath, given, options);
    return spawn(file, programArguments, options);
  };
  Object.assign(childProcess, { spawn: spawnWithNode });
}

function isList(value: unknown): value is unknown[] {
  return Array.isArray(value);
}
