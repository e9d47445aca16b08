import { PostgreSqlContainer } from '@testcontainers/postgresql';
import { getContainerRuntimeClient, getReaper } from 'testcontainers';
import { createTemplate } from './external-server.ts';
import type { TestServer } from './test-server.ts';

const POSTGRES_IMAGE = 'postgres:18-alpine';

/** Whether Testcontainers finds a Docker engine that responds. */
export async function isDockerAvailable(): Promise<boolean> {
  try {
    await getContainerRuntimeClient();
    return true;
  } catch {
    return false;
  }
}

/** Starts one PostgreSQL container for the run. */
export async function startContainerServer(): Promise<TestServer> {
  await startReaper();
  const container = await new PostgreSqlContainer(POSTGRES_IMAGE).start();
  return {
    description: `PostgreSQL in a container (Testcontainers, ${POSTGRES_IMAGE})`,
    handle: await createTemplate(container.getConnectionUri()),
    stop: async () => {
      await container.stop();
    },
  };
}

/** Starts Ryuk, which removes the container of a run that was interrupted or killed. */
async function startReaper(): Promise<void> {
  try {
    await getReaper(await getContainerRuntimeClient());
  } catch (error) {
    process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
    console.warn(
      `Ryuk did not start, so a run that is killed leaves its container behind: ${String(error)}`,
    );
  }
}
