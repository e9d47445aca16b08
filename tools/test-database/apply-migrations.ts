import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { resolvePackageFile } from '../database/project.ts';

/** Variables of the user's that name a database or change how one is reached. */
const DATABASE_VARIABLES = /^(PG[A-Z]+|\w*DATABASE_URL)$/;

/** Applies the migrations of the project to a database, and to no other. */
export async function applyMigrations(url: string): Promise<void> {
  const kept = Object.entries(process.env).filter(([name]) => !DATABASE_VARIABLES.test(name));
  const prisma = resolvePackageFile('prisma/build/index.js');
  await promisify(execFile)(process.execPath, [prisma, 'migrate', 'deploy'], {
    env: { ...Object.fromEntries(kept), DATABASE_URL: url },
  });
}
