import type {
  CreateMigrationOutput,
  DiffParams,
  DiffResult,
  EvaluateDataLossInput,
} from '@prisma/schema-engine-wasm';
import { withoutSchema } from '../sql/sql-script.ts';
import { ConnectedEngine, type EngineMethod, readDatamodels } from './connected-engine.ts';
import { parseConnectionString } from './connection.ts';
import { MigrationAdapters } from './migration-adapters.ts';
import { type Datasource, ShadowDatabase } from './shadow-database.ts';

/** The methods that the CLI calls, and how the engine names them. */
const METHODS: ReadonlyMap<string, EngineMethod> = new Map([
  ['applyMigrations', 'applyMigrations'],
  ['createMigration', 'createMigration'],
  ['dbExecute', 'dbExecute'],
  ['debugPanic', 'debugPanic'],
  ['devDiagnostic', 'devDiagnostic'],
  ['diagnoseMigrationHistory', 'diagnoseMigrationHistory'],
  ['diff', 'diff'],
  ['ensureConnectionValidity', 'ensureConnectionValidity'],
  ['evaluateDataLoss', 'evaluateDataLoss'],
  ['getDatabaseVersion', 'version'],
  ['introspect', 'introspect'],
  ['introspectSql', 'introspectSql'],
  ['markMigrationApplied', 'markMigrationApplied'],
  ['markMigrationRolledBack', 'markMigrationRolledBack'],
  ['reset', 'reset'],
  ['schemaPush', 'schemaPush'],
]);

/** Everything that one run of the program holds open. */
export class EngineSession {
  readonly #datamodels: Promise<[string, string][]>;
  readonly #shadow: ShadowDatabase;
  readonly #withDatabase: ConnectedEngine;
  readonly #withoutDatabase: ConnectedEngine;

  constructor(datasource: Datasource, datamodelFiles: string[]) {
    const shadow = new ShadowDatabase(datasource);
    this.#datamodels = readDatamodels(datamodelFiles);
    this.#shadow = shadow;
    this.#withDatabase = new ConnectedEngine(
      this.#datamodels,
      new MigrationAdapters(shadow, () => parseConnectionString(datasource.url)),
    );
    this.#withoutDatabase = new ConnectedEngine(this.#datamodels, new MigrationAdapters(shadow));
  }

  offers(method: string): boolean {
    return METHODS.has(method);
  }

  /** @param method one that it offers */
  async call(method: string, parameters: unknown): Promise<unknown> {
    const engineMethod = METHODS.get(method);
    if (!engineMethod) throw new TypeError(`There is no method ${method}`);
    if (method === 'evaluateDataLoss') await this.#rememberHistory(parameters);
    const engine =
      method === 'diff' && comparesOnlyFiles(parameters)
        ? this.#withoutDatabase
        : this.#withDatabase;
    return await this.#withoutSchema(
      method,
      parameters,
      await engine.call(engineMethod, parameters),
    );
  }

  /**
   * Lets the engine remember what the migrations add up to. To find out, it needs the shadow database,
   * which in WebAssembly it cannot use while it evaluates or creates a migration.
   *
   * @param parameters of `evaluateDataLoss`
   */
  async #rememberHistory(parameters: unknown): Promise<void> {
    const { migrationsList, filters } = parameters as EvaluateDataLossInput;
    await this.#withDatabase.call('diagnoseMigrationHistory', {
      migrationsList,
      filters,
      optInToShadowDatabase: true,
    });
  }

  /**
   * Keeps the schema of the connection string out of scripts: they belong to all environments, and the
   * search path says where they apply.
   */
  async #withoutSchema(method: string, parameters: unknown, result: unknown): Promise<unknown> {
    if (method !== 'createMigration' && method !== 'diff') return result;
    const datamodels = [...(await this.#datamodels), ...datamodelsOf(parameters)];
    if (datamodels.some(([, text]) => namesSchemas(text))) return result;
    const { schema } = this.#shadow;
    const script = result as Partial<CreateMigrationOutput & DiffResult>;
    return {
      ...script,
      ...(script.migrationScript && {
        migrationScript: withoutSchema(script.migrationScript, schema),
      }),
      ...(script.stdout && { stdout: withoutSchema(script.stdout, schema) }),
    };
  }

  async close(): Promise<void> {
    await this.#withDatabase.close();
    await this.#withoutDatabase.close();
    await this.#shadow.close();
  }
}

/** The files of the Prisma schemas that a command compares. */
function datamodelsOf(parameters: unknown): [string, string][] {
  const { from, to } = parameters as Partial<DiffParams>;
  return [from, to].flatMap((side) =>
    side?.tag === 'schemaDatamodel'
      ? side.files.map(({ path, content }): [string, string] => [path, content])
      : [],
  );
}

/** Whether the datasource of a Prisma schema lists the schemas of its tables. */
function namesSchemas(datamodel: string): boolean {
  return /^\s*schemas\s*=\s*\[/m.test(datamodel);
}

/**
 * An engine is always connected, but not everything that it compares is in the database: it can
 * compare migrations and schemas without one.
 */
function comparesOnlyFiles(parameters: unknown): boolean {
  // The engine itself checks its parameters.
  const { from, to } = parameters as DiffParams;
  return [from.tag, to.tag].every((tag) => tag !== 'schemaDatasource');
}
