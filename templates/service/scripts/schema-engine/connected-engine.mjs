import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { messageOf, migrationFailed, ScriptError, shadowMigrationFailed } from './errors.mjs';
import { EngineCrash, loadSchemaEngine } from './load-schema-engine.mjs';
import { parseJson } from './parse-json.mjs';

/**
 * @typedef {import('@prisma/schema-engine-wasm/schema_engine_bg').SchemaEngine} SchemaEngine
 * @typedef {Exclude<keyof SchemaEngine, 'free' | typeof Symbol.dispose>} EngineMethod
 */

/** An engine that connects at its first call. */
export class ConnectedEngine {
  #datamodelFiles;
  #adapters;
  /** @type {SchemaEngine | undefined} */
  #engine;
  /** @type {EngineCrash | undefined} */
  #crash;
  /** The migration that the engine said last that it applies. */
  #migration = '';

  /**
   * @param {string[]} datamodelFiles
   * @param {import('./migration-adapters.mjs').MigrationAdapters} adapters
   */
  constructor(datamodelFiles, adapters) {
    this.#datamodelFiles = datamodelFiles;
    this.#adapters = adapters;
  }

  /**
   * @param {EngineMethod} method
   * @param {unknown} parameters
   */
  async call(method, parameters) {
    this.#adapters.failure = undefined;
    try {
      this.#engine ??= await this.#start();
      return await this.#invoke(this.#engine, method, parameters);
    } catch (error) {
      throw this.#readable(error, method);
    }
  }

  close() {
    return this.#adapters.close();
  }

  async #start() {
    const { SchemaEngine } = await loadSchemaEngine();
    const datamodels = await Promise.all(this.#datamodelFiles.map(readDatamodel));
    return SchemaEngine.new(
      { datamodels: datamodels.length > 0 ? datamodels : undefined },
      /** @param {string} record */
      (record) => {
        this.#onLog(record);
      },
      bindMigrationAwareSqlAdapterFactory(this.#adapters),
    );
  }

  /** @param {string} line a record in JSON */
  #onLog(line) {
    process.stderr.write(`${line.trim()}\n`);
    const { span } = /** @type {{ span?: { migration_name?: string } }} */ (parseJson(line));
    this.#migration = span?.migration_name ?? this.#migration;
  }

  /**
   * @param {SchemaEngine} engine
   * @param {EngineMethod} method
   * @param {unknown} parameters
   */
  async #invoke(engine, method, parameters) {
    // After a crash the engine would only say that it is busy.
    if (this.#crash) throw this.#crash;
    const finished = new AbortController();
    try {
      return await Promise.race([
        invoke(engine, method, parameters),
        uncaughtException(finished.signal),
      ]);
    } catch (error) {
      if (error instanceof EngineCrash) this.#crash = error;
      throw error;
    } finally {
      finished.abort();
    }
  }

  /**
   * @param {unknown} error what the engine threw
   * @param {EngineMethod} method
   */
  #readable(error, method) {
    const { failure } = this.#adapters;
    if (failure === undefined) return error;
    if (!(failure instanceof ScriptError)) return failure;
    if (method === 'applyMigrations') return migrationFailed(this.#migration, failure);
    const [summary = ''] = messageOf(error).split('\n');
    return shadowMigrationFailed(summary.trim(), failure);
  }
}

/** @param {string} file */
async function readDatamodel(file) {
  /** @type {[string, string]} */
  const datamodel = [file, await readFile(file, 'utf8')];
  return datamodel;
}

/**
 * @param {SchemaEngine} engine
 * @param {EngineMethod} method
 * @param {unknown} parameters
 */
async function invoke(engine, method, parameters) {
  // The engine itself checks what it is given.
  const call = /** @type {(parameters: unknown) => unknown} */ (engine[method].bind(engine));
  try {
    return await call(parameters);
  } catch (error) {
    throw EngineCrash.isPanic(error) ? new EngineCrash(error) : error;
  }
}

/**
 * What the engine throws about its parameters it throws where nobody can catch it.
 *
 * @param {AbortSignal} signal
 * @returns {Promise<never>}
 */
async function uncaughtException(signal) {
  const errors = await once(process, 'uncaughtException', { signal });
  throw new EngineCrash(errors[0]);
}
