import { getContainerRuntimeClient } from 'testcontainers';
import { startContainerServer } from './container-server.ts';
import { startEmbeddedServer } from './embedded-server.ts';
import { startExternalServer } from './external-server.ts';
import type { Reaper } from './reaper.ts';

/** What a test file needs to know to make itself a database. */
export type TestServerHandle =
  | { kind: 'embedded'; emptyDump: string; migratedDump: string }
  | { kind: 'external'; url: string; namePrefix: string };

/** What the databases of one test run live on. */
export interface TestServer {
  /** For people. */
  description: string;
  handle: TestServerHandle;
}

/**
 * Starts the server that TEST_DATABASE names: `url`, `container` or `embedded`. If it names none,
 * it is the first that can be had of TEST_DATABASE_URL, Docker and the embedded PostgreSQL.
 *
 * @throws when a server that was asked for cannot be had
 */
export async function chooseTestServer(
  environment: NodeJS.ProcessEnv,
  reaper: Reaper,
): Promise<TestServer> {
  const { TEST_DATABASE: choice, TEST_DATABASE_URL: url } = environment;
  switch (choice || undefined) {
    case 'url':
      if (!url) throw new Error('TEST_DATABASE=url needs TEST_DATABASE_URL');
      return startExternalServer(url, reaper);
    case 'container':
      return startContainerServer(reaper);
    case 'embedded':
      return startEmbeddedServer();
    case undefined:
      return url ? startExternalServer(url, reaper) : startContainerOrEmbeddedServer(reaper);
    default:
      throw new Error(`TEST_DATABASE must be url, container or embedded, not "${String(choice)}"`);
  }
}

async function startContainerOrEmbeddedServer(reaper: Reaper): Promise<TestServer> {
  try {
    await getContainerRuntimeClient();
  } catch {
    return startEmbeddedServer(); // no Docker here, and none was asked for
  }
  try {
    return await startContainerServer(reaper);
  } catch (error) {
    console.warn('Docker is here, but PostgreSQL did not start in it:', error);
    return startEmbeddedServer();
  }
}
