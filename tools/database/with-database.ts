import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { type DevelopmentDatabase, openDevelopmentDatabase } from './development-database.ts';
import { hasPendingMigrations } from './pending-migrations.ts';
import { runProgram } from './programs.ts';

const TOKEN_BYTES = 24;
const FOLDER = '.embedded-postgres';

/** What a program needs besides a database. */
export interface Needs {
  /** Migrations are applied to an embedded database. */
  readonly migrated: boolean;
  /** A SERVICE_CONTEXT_TOKEN is generated if none is set. */
  readonly token: boolean;
}

/** Does something with the database that DATABASE_URL names, and returns an exit status. */
type Action = (signal: AbortSignal) => Promise<number>;

/**
 * Runs a program with DATABASE_URL set and returns its exit status. If neither the environment nor
 * `.env` sets it, an embedded PostgreSQL runs as long as the program does; in production there are
 * neither. A database that DATABASE_URL names is never changed here.
 */
export async function withDatabase({ migrated, token }: Needs, run: Action): Promise<number> {
  const { signal } = new AbortController();
  if (process.env.NODE_ENV === 'production') return run(signal);
  if (existsSync('.env')) process.loadEnvFile('.env');
  if (token) generateToken();
  if (process.env.DATABASE_URL) return run(signal);
  // It would lead migrations to another database.
  delete process.env.DIRECT_DATABASE_URL;
  const database = await openDevelopmentDatabase(FOLDER, migrated ? applyMigrations : undefined);
  process.env.DATABASE_URL = database.url;
  console.log(`DATABASE_URL is not set: using the embedded PostgreSQL in ${FOLDER}`);
  try {
    return await runOn(database, run);
  } finally {
    await database.close();
  }
}

/** The program loads while the database opens, unless the database has to be created first. */
async function runOn({ isNew, ready }: DevelopmentDatabase, run: Action): Promise<number> {
  if (isNew) await ready;
  const controller = new AbortController();
  const status = run(controller.signal);
  try {
    await Promise.race([ready, status]);
  } catch (error) {
    controller.abort();
    await status;
    throw error;
  }
  return status;
}

async function applyMigrations(url: string): Promise<void> {
  if (!(await hasPendingMigrations(url))) return;
  const status = await runProgram('prisma', ['migrate', 'deploy'], {
    environment: { DATABASE_URL: url },
  });
  if (status !== 0) throw new Error('The migrations could not be applied');
}

function generateToken(): void {
  if (process.env.SERVICE_CONTEXT_TOKEN) return;
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  process.env.SERVICE_CONTEXT_TOKEN = token;
  console.log(`SERVICE_CONTEXT_TOKEN is not set: for this run it is ${token}`);
}
