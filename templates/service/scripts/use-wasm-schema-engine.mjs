import childProcess from 'node:child_process';
import { readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

/**
 * @typedef {(file: string, programArguments?: unknown, options?: unknown) => unknown} Spawn
 */

const ENGINE = path.join(import.meta.dirname, 'schema-engine.mjs');

/**
 * Lets this process, the Prisma CLI, use the schema engine in WebAssembly unless another engine is
 * named by PRISMA_SCHEMA_ENGINE_BINARY or a native one is installed. With neither, the CLI would
 * download one before any command, even before those that use none.
 */
export function useWasmSchemaEngine() {
  const named = process.env.PRISMA_SCHEMA_ENGINE_BINARY;
  if (named ? named !== ENGINE : hasNativeEngine()) return;
  process.env.PRISMA_SCHEMA_ENGINE_BINARY = ENGINE;
  startWithNode(ENGINE);
}

/** Whether an engine is where the CLI keeps its download. */
function hasNativeEngine() {
  const cli = createRequire(import.meta.url).resolve('prisma/package.json');
  const engines = path.dirname(createRequire(cli).resolve('@prisma/engines/package.json'));
  return readdirSync(engines).some((file) => nativeEngineName().test(file));
}

function nativeEngineName() {
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
 * The CLI starts its engine as a program. A script is none on Windows, and elsewhere only if it kept
 * its executable bit on the way here; so wherever the CLI starts this one, Node is started with it.
 *
 * @param {string} script
 */
function startWithNode(script) {
  const spawn = /** @type {Spawn} */ (childProcess.spawn);
  /** @type {Spawn} */
  const spawnWithNode = (file, programArguments, options) => {
    const given = isList(programArguments) ? programArguments : [];
    if (file === script) return spawn(process.execPath, [script, ...given], options);
    // On Windows, execa has read the first line of the script and starts what it names.
    if (given[0] === script) return spawn(process.execPath, given, options);
    return spawn(file, programArguments, options);
  };
  Object.assign(childProcess, { spawn: spawnWithNode });
}

/**
 * @param {unknown} value
 * @returns {value is unknown[]}
 */
function isList(value) {
  return Array.isArray(value);
}
