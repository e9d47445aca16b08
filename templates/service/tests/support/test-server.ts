import { startEmbeddedServer } from './embedded-server.ts';
import { startExternalServer } from './external-server.ts';

/** What a test file needs in order to create its database. */
export type TestServerHandle =
  | { kind: 'embedded'; migratedDump: string }
  | { kind: 'external'; url: string; namePrefix: string };

/** The server that holds the databases of one test run. */
export interface TestServer {
  /** Printed at the start of the run. */
  description: string;
  handle: TestServerHandle;
  stop(): Promise<void>;
}

/**
 * Starts the server that TEST_DATABASE names: `url`, `container` or `embedded`. If unset, uses the
 * first one available: TEST_DATABASE_URL, Docker, the embedded PostgreSQL.
 *
 * @throws when the requested server is not available
 */
export async function chooseTestServer(environment: NodeJS.ProcessEnv): Promise<TestServer> {
  const { TEST_DATABASE: choice, TEST_DATABASE_URL: url } = environment;
  switch (choice || undefined) {
    case 'url':
      if (!url) throw new Error('TEST_DATABASE=url needs TEST_DATABASE_URL');
      return startExternalServer(url);
    case 'container':
      return (await loadContainerServer()).startContainerServer();
    case 'embedded':
      return startEmbeddedServer();
    case undefined:
      return url ? startExternalServer(url) : startContainerOrEmbeddedServer();
    default:
      throw new Error(
        `Invalid TEST_DATABASE "${String(choice)}": expected url, container or embedded`,
      );
  }
}

async function startContainerOrEmbeddedServer(): Promise<TestServer> {
  const { isDockerAvailable, startContainerServer } = await loadContainerServer();
  if (!(await isDockerAvailable())) return startEmbeddedServer(); // Docker was not requested
  try {
    return await startContainerServer();
  } catch (error) {
    console.warn('Docker is available, but PostgreSQL did not start in it:', error);
    return startEmbeddedServer();
  }
}

/** Testcontainers is loaded only where it is needed: that takes as long as the tests of a file. */
function loadContainerServer() {
  return import('./container-server.ts');
}
