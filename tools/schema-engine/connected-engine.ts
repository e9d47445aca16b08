import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { messageOf, migrationFailed, ScriptError, shadowMigrationFailed } from './errors.ts';
import { EngineCrash, loadSchemaEngine } from './load-schema-engine.ts';
import type { MigrationAdapters } from './migration-adapters.ts';

export type EngineMethod = Exclude<keyof SchemaEngine, 'free' | typeof Symbol.dispose>;

/** An engine that connects at its first call. */
export class ConnectedEngine {
  readonly #datamodels: Promise<[string, string][]>;
  readonly #adapters: MigrationAdapters;
  #engine: SchemaEngine | undefined;
  #crash: EngineCrash | undefined;
  /** The migration that the engine last reported to apply. */
  #migration = '';

  constructor(datamodels: Promise<[string, string][]>, adapters: MigrationAdapters) {
    this.#datamodels = datamodels;
    this.#adapters = adapters;
  }

  async call(method: EngineMethod, parameters: unknown): Promise<unknown> {
    this.#adapters.failure = undefined;
    try {
      this.#engine ??= await this.#start();
      return await this.#invoke(this.#engine, method, parameters);
    } catch (error) {
      throw this.#readable(error, method);
    }
  }

  close(): Promise<void> {
    return this.#adapters.close();
  }

  async #start(): Promise<SchemaEngine> {
    const { SchemaEngine } = await loadSchemaEngine();
    const datamodels = await this.#datamodels;
    return SchemaEngine.new(
      { datamodels: datamodels.length > 0 ? datamodels : undefined },
      (record: string) => {
        this.#onLog(record);
      },
      bindMigrationAwareSqlAdapterFactory(this.#adapters),
    );
  }

  /** @param line a record in JSON */
  #onLog(line: string): void {
    process.stderr.write(`${line.trim()}\n`);
    const { span } = JSON.parse(line) as { span?: { migration_name?: string } };
    this.#migration = span?.migration_name ?? this.#migration;
  }

  async #invoke(engine: SchemaEngine, method: EngineMethod, parameters: unknown): Promise<unknown> {
    // After a crash the engine would only report that it is busy.
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

  /** @param error what the engine threw */
  #readable(error: unknown, method: EngineMethod): unknown {
    const { failure } = this.#adapters;
    if (failure === undefined) return error;
    if (!(failure instanceof ScriptError)) return failure;
    if (method === 'applyMigrations') return migrationFailed(this.#migration, failure);
    const [summary = ''] = messageOf(error).split('\n');
    return shadowMigrationFailed(summary.trim(), failure);
  }
}

/** Reads the files of a Prisma schema, each with its path. */
export function readDatamodels(files: readonly string[]): Promise<[string, string][]> {
  return Promise.all(
    files.map(async (file): Promise<[string, string]> => [file, await readFile(file, 'utf8')]),
  );
}

async function invoke(
  engine: SchemaEngine,
  method: EngineMethod,
  parameters: unknown,
): Promise<unknown> {
  // The engine itself checks its parameters.
  const call = engine[method].bind(engine) as (parameters: unknown) => unknown;
  try {
    return await call(parameters);
  } catch (error) {
    throw EngineCrash.isPanic(error) ? new EngineCrash(error) : error;
  }
}

/** The engine throws errors about its parameters outside of the call, where nothing can catch them. */
async function uncaughtException(signal: AbortSignal): Promise<never> {
  const errors: unknown[] = await once(process, 'uncaughtException', { signal });
  throw new EngineCrash(errors[0]);
}
