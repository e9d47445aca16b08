import childProcess from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import path from 'node:path';

const enginePath = path.join(import.meta.dirname, 'schema-engine.mjs');

/**
 * Lets this process, the Prisma CLI, use the schema engine in WebAssembly unless a native one is
 * named by PRISMA_SCHEMA_ENGINE_BINARY or on disk. Without either the CLI would download the native
 * one, even for commands that do not use it.
 */
export async function useWasmSchemaEngine() {
  const named = process.env.PRISMA_SCHEMA_ENGINE_BINARY;
  if (named ? named !== enginePath : existsSync(await nativeEnginePath())) return;
  process.env.PRISMA_SCHEMA_ENGINE_BINARY = enginePath;
  startWithNode(enginePath);
}
