import { readFile } from 'node:fs/promises';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { messageOf } from './errors.mjs';

/**
 * Node's types do not declare this global.
 *
 * @typedef {object} WebAssembly
 * @property {(code: Uint8Array, imports: object) => Promise<{ instance: { exports: { __wbindgen_start: () => void } } }>} instantiate
 * @property {new () => Error} RuntimeError
 */
const { WebAssembly } = /** @type {{ WebAssembly: WebAssembly }} */ (
  /** @type {unknown} */ (globalThis)
);

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
  instance.exports.__wbindgen_start();
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
