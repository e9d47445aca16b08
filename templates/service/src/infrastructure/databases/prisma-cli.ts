import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

/** Finds the Prisma CLI; undefined where it is not installed, as in the image of the service. */
export function findPrismaCli(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('prisma/build/index.js');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') {
      return undefined;
    }
    throw error;
  }
}

/**
 * Runs `prisma migrate deploy` in the current folder, out of reach of a terminal's Ctrl-C.
 *
 * @returns whether all pending migrations were applied
 */
export function deployMigrations(prismaCli: string): Promise<boolean> {
  const child = spawn(process.execPath, [prismaCli, 'migrate', 'deploy'], {
    stdio: ['ignore', 'inherit', 'inherit'],
    // On Windows this would open a window.
    detached: process.platform !== 'win32',
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status) => {
      resolve(status === 0);
    });
  });
}
