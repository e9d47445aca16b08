/** The database server of a test run, and a database on it for each test file. */
import { hasContainerRuntime, startContainer } from './container.ts';
import { openEmbedded, openEmptyEmbedded, provideMigratedDump } from './embedded.ts';
import { createDatabase, startExternal } from './external.ts';

/** What a test file needs in order to create its database. */
export type TestServerHandle =
  | { readonly kind: 'embedded'; readonly migratedDump: string }
  | { readonly kind: 'external'; readonly url: string; readonly namePrefix: string };

/** The server that holds the databases of one test run. */
export interface TestServer {
  /** Printed at the start of the run. */
  readonly description: string;
  readonly handle: TestServerHandle;
  stop(): Promise<void>;
}

/** A database that belongs to one test file. */
export interface TestDatabase {
  readonly url: string;
  /** Removes it. */
  close(): Promise<void>;
}

/**
 * Starts the server that TEST_DATABASE names: `url`, `container` or `embedded`. If unset, uses the
 * first one available: TEST_DATABASE_URL, Docker, the embedded PostgreSQL. The working directory is
 * the folder of the project.
 *
 * @throws when the requested server is not available
 */
export async function startTestServer(environment: NodeJS.ProcessEnv): Promise<TestServer> {
  const { TEST_DATABASE: choice, TEST_DATABASE_URL: url } = environment;
  switch (choice || undefined) {
    case 'url':
      if (!url) throw new Error('TEST_DATABASE=url needs TEST_DATABASE_URL');
      return startExternal(url);
    case 'container':
      return startContainer();
    case 'embedded':
      return startEmbedded();
    case undefined:
      return url ? startExternal(url) : startContainerOrEmbedded();
    default:
      throw new Error(
        `Invalid TEST_DATABASE "${String(choice)}": expected url, container or embedded`,
      );
  }
}

/** Creates a database with the tables of the service and what its migrations insert. */
export function createTestDatabase(handle: TestServerHandle): Promise<TestDatabase> {
  endWithRun();
  return handle.kind === 'embedded'
    ? openEmbedded(handle.migratedDump)
    : createDatabase(handle, 'migrated');
}

/** Creates a database without any table. */
export function createEmptyDatabase(handle: TestServerHandle): Promise<TestDatabase> {
  endWithRun();
  return handle.kind === 'embedded'
    ? openEmptyEmbedded(handle.migratedDump)
    : createDatabase(handle, 'empty');
}

async function startContainerOrEmbedded(): Promise<TestServer> {
  if (!(await hasContainerRuntime())) return startEmbedded();
  try {
    return await startContainer();
  } catch (error) {
    console.warn('Docker is available, but PostgreSQL did not start in it:', error);
    return startEmbedded();
  }
}

async function startEmbedded(): Promise<TestServer> {
  return {
    description: 'embedded PostgreSQL (PGlite)',
    handle: { kind: 'embedded', migratedDump: await provideMigratedDump() },
    stop: () => Promise.resolve(),
  };
}

let isEndingWithRun = false;

/**
 * A signal to Vitest alone leaves its workers running: without their run they would go on creating
 * databases. Vitest forbids process.exit in a worker.
 */
function endWithRun(): void {
  if (isEndingWithRun) return;
  isEndingWithRun = true;
  process.once('disconnect', () => process.kill(process.pid, 'SIGKILL'));
}
