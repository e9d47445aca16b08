import { ConnectedEngine } from './connected-engine.mjs';
import { parseConnectionString } from './connection.mjs';
import { MigrationAdapters } from './migration-adapters.mjs';
import { ShadowDatabase } from './shadow-database.mjs';

/**
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
  call(method, parameters) {
    const engineMethod = METHODS.get(method);
    if (!engineMethod) throw new TypeError(`There is no method ${method}`);
    const engine =
      method === 'diff' && comparesOnlyFiles(parameters)
        ? this.#withoutDatabase
        : this.#withDatabase;
    return engine.call(engineMethod, parameters);
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
  const { from, to } = /** @type {import('@prisma/schema-engine-wasm').DiffParams} */ (parameters);
  return [from.tag, to.tag].every((tag) => tag !== 'schemaDatasource');
}
