import { readFile } from 'node:fs/promises';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { messageOf } from './errors.mjs';

/** Why the engine panicked; Rust tells the reason here before it stops. */
let panicMessage = '';

/**
 * Loads the engine. The package's own entry point imports the `.wasm` file as a module, which Node
 * does not do without a flag.
 */
export async function loadSchemaEngine() {
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      /** @param {string} message */
      set_message(message) {
        panicMessage = message;
      },
    },
  });
  const entryPoint = import.meta.resolve('@prisma/schema-engine-wasm');
  const code = await readFile(new URL('schema_engine_bg.wasm', entryPoint));
  const { instance } = await WebAssembly.instantiate(code, { './schema_engine_bg.js': bindings });
  bindings.__wbg_set_wasm(instance.exports);
  const { __wbindgen_start: start } = instance.exports;
  if (typeof start !== 'function') throw new TypeError('This is not the engine that was expected');
  start();
  return bindings;
}

/** The end of the engine: it is of no use any more. */
export class EngineCrash extends Error {
  /** @param {unknown} cause */
  constructor(cause) {
    super((EngineCrash.isPanic(cause) && panicMessage) || messageOf(cause), { cause });
    this.isPanic = EngineCrash.isPanic(cause);
  }

  /** @param {unknown} error */
  static isPanic(error) {
    return error instanceof WebAssembly.RuntimeError;
  }
}
