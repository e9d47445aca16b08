import { createTemplate } from './external.ts';
import type { TestServer } from './test-database.ts';

const POSTGRES_IMAGE = 'postgres:18-alpine';

/** Whether Docker, or another container runtime, answers. */
export async function hasContainerRuntime(): Promise<boolean> {
  const { getContainerRuntimeClient } = await import('testcontainers');
  return getContainerRuntimeClient().then(
    () => true,
    () => false,
  );
}

/** Starts one PostgreSQL container for the run. */
export async function startContainer(): Promise<TestServer> {
  await startReaper();
  // Loaded only where it is used: it takes half a second.
  const { PostgreSqlContainer } = await import('@testcontainers/postgresql');
  const container = await new PostgreSqlContainer(POSTGRES_IMAGE).start();
  const stop = async () => {
    await container.stop();
  };
  try {
    return {
      description: `PostgreSQL in a container (Testcontainers, ${POSTGRES_IMAGE})`,
      handle: await createTemplate(container.getConnectionUri()),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Starts Ryuk, which removes the container of a run that was interrupted or killed. */
async function startReaper(): Promise<void> {
  const { TESTCONTAINERS_RYUK_DISABLED: isDisabled } = process.env;
  const { getContainerRuntimeClient, getReaper } = await import('testcontainers');
  try {
    if (isDisabled === 'true') throw new Error('TESTCONTAINERS_RYUK_DISABLED is set');
    await getReaper(await getContainerRuntimeClient());
  } catch (error) {
    process.env.TESTCONTAINERS_RYUK_DISABLED = 'true';
    const reason = error instanceof Error ? error.message : String(error);
    console.warn(
      `Ryuk is not running (${reason}): this run removes its container itself, unless it is killed.`,
    );
  }
}
