import { readFile } from 'node:fs/promises';
import * as bindings from '@prisma/schema-engine-wasm/schema_engine_bg';
import { messageOf } from './errors.ts';

/** Node's types do not declare this global. */
declare const WebAssembly: {
  instantiate: (
    code: Uint8Array,
    imports: object,
  ) => Promise<{ instance: { exports: { __wbindgen_start: () => void } } }>;
  RuntimeError: new () => Error;
};

/** Why the engine panicked: Rust reports the reason here before it stops. */
let panicMessage = '';

/**
 * Loads the engine. The package's own entry point imports the `.wasm` file as a module, which Node.js
 * refuses without a flag.
 */
export async function loadSchemaEngine(): Promise<typeof bindings> {
  Object.assign(globalThis, {
    PRISMA_WASM_PANIC_REGISTRY: {
      set_message(message: string) {
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

/** The engine crashed and cannot be used any more. */
export class EngineCrash extends Error {
  readonly isPanic: boolean;

  constructor(cause: unknown) {
    super((EngineCrash.isPanic(cause) && panicMessage) || messageOf(cause), { cause });
    this.isPanic = EngineCrash.isPanic(cause);
  }

  static isPanic(error: unknown): boolean {
    return error instanceof WebAssembly.RuntimeError;
  }
}
