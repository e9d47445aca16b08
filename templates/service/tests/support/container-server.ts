import { randomBytes } from 'node:crypto';
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import { createTemplate, newNamePrefix } from './external-server.ts';
import { POSTGRES_IMAGE } from './postgres-image.ts';
import type { Reaper } from './reaper.ts';
import type { TestServer } from './test-server.ts';

/** Starts one PostgreSQL container for the run. */
export async function startContainerServer(reaper: Reaper): Promise<TestServer> {
  const name = `test-database-${randomBytes(6).toString('hex')}`;
  reaper.note({ kind: 'container', name });
  const container = await new PostgreSqlContainer(POSTGRES_IMAGE).withName(name).start();
  return {
    description: `PostgreSQL in a container (Testcontainers, ${POSTGRES_IMAGE})`,
    handle: await createTemplate(container.getConnectionUri(), newNamePrefix()),
  };
}
