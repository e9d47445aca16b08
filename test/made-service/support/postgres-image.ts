import { spawnSync } from 'node:child_process';

export const POSTGRES_IMAGE = 'postgres:18-alpine';

/** Whether there is Docker, with that image: a test on its own should not have to download it. */
export function hasPostgresImage(): boolean {
  return spawnSync('docker', ['image', 'inspect', POSTGRES_IMAGE]).status === 0;
}
