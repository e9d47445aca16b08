import { PostgreSqlContainer } from '@testcontainers/postgresql';
import { startExternalServer } from './external-server.ts';
import type { TestServer } from './test-server.ts';

const IMAGE = 'postgres:18-alpine';

/** Starts one PostgreSQL container for the run. */
export async function startContainerServer(): Promise<TestServer> {
  const container = await new PostgreSqlContainer(IMAGE).start();
  try {
    const server = await startExternalServer(container.getConnectionUri());
    return {
      ...server,
      description: `PostgreSQL in a container (Testcontainers, ${IMAGE})`,
      stop: async () => {
        await container.stop();
      },
    };
  } catch (error) {
    await container.stop();
    throw error;
  }
}
