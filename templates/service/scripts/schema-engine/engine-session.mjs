import { ConnectedEngine } from './connected-engine.mjs';
import { parseConnectionString } from './connection.mjs';
import { MigrationAdapters } from './migration-adapters.mjs';
import { ShadowDatabase } from './shadow-database.mjs';

/**
 * @typedef {import('@prisma/schema-engine-wasm').DiffParams} DiffParams
 * @typedef {import('@prisma/schema-engine-wasm').EvaluateDataLossInput} EvaluateDataLossInput
 *
 * @typedef {object} Datasource
 * @property {string} [url]
 * @property {string} [shadowDatabaseUrl]
 */

/**
 * The methods that the CLI calls, and how the engine names them.
 *
 * @type {ReadonlyMap<unknown, import('./connected-engine.mjs').EngineMethod>}
 */
const METHODS = new Map([
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
  #shadow;
  #withDatabase;
  #withoutDatabase;

  /**
   * @param {Datasource} datasource
   * @param {string[]} datamodelFiles
   */
  constructor(datasource, datamodelFiles) {
    const shadow = new ShadowDatabase(datasource);
    const connectMain = () => parseConnectionString(datasource.url);
    const connectShadow = () => shadow.target();
    this.#shadow = shadow;
    this.#withDatabase = new ConnectedEngine(
      datamodelFiles,
      new MigrationAdapters(connectMain, shadow),
    );
    this.#withoutDatabase = new ConnectedEngine(
      datamodelFiles,
      new MigrationAdapters(connectShadow, shadow),
    );
  }

  /** @param {string} method */
  offers(method) {
    return METHODS.has(method);
  }

  /**
   * @param {string} method one that it offers
   * @param {unknown} parameters
   */
  async call(method, parameters) {
    const engineMethod = METHODS.get(method);
    if (!engineMethod) throw new TypeError(`There is no method ${method}`);
    if (method === 'evaluateDataLoss') await this.#rememberHistory(parameters);
    const engine =
      method === 'diff' && comparesOnlyFiles(parameters)
        ? this.#withoutDatabase
        : this.#withDatabase;
    return await engine.call(engineMethod, parameters);
  }

  /**
   * Lets the engine keep in mind what the migrations add up to. To learn that it needs the shadow
   * database, which in WebAssembly it may not use while it evaluates or creates a migration.
   *
   * @param {unknown} parameters of `evaluateDataLoss`
   */
  async #rememberHistory(parameters) {
    const { migrationsList, filters } = /** @type {EvaluateDataLossInput} */ (parameters);
    await this.#withDatabase.call('diagnoseMigrationHistory', {
      migrationsList,
      filters,
      optInToShadowDatabase: true,
    });
  }

  async close() {
    await this.#withDatabase.close();
    await this.#withoutDatabase.close();
    await this.#shadow.close();
  }
}

/**
 * An engine is always connected, but not all that it compares is in the database: migrations and
 * schema can be compared where there is none.
 *
 * @param {unknown} parameters
 */
function comparesOnlyFiles(parameters) {
  // The engine itself checks what it is given.
  const { from, to } = /** @type {DiffParams} */ (parameters);
  return [from.tag, to.tag].every((tag) => tag !== 'schemaDatasource');
}
