import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';

/** Applies all pending migrations, and resolves to whether it succeeded. */
export type DeployMigrations = () => Promise<boolean>;

/** Finds what applies migrations; undefined where the Prisma CLI is not installed, as in production. */
export function findDeployMigrations({
  config,
}: {
  config: { database: { directUrl: string } };
}): DeployMigrations | undefined {
  const program = findPrismaCli();
  const { directUrl } = config.database;
  const variables = { DATABASE_URL: directUrl, DIRECT_DATABASE_URL: directUrl };
  return program === undefined
    ? undefined
    : () => runMigrateDeploy(program, { ...process.env, ...variables });
}

function findPrismaCli(): string | undefined {
  try {
    return createRequire(import.meta.url).resolve('prisma/build/index.js');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND') {
      return undefined;
    }
    throw error;
  }
}

/** Runs `prisma migrate deploy` in the current folder, out of reach of a terminal's Ctrl-C. */
function runMigrateDeploy(program: string, env: NodeJS.ProcessEnv): Promise<boolean> {
  const child = spawn(process.execPath, [program, 'migrate', 'deploy'], {
    env,
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
