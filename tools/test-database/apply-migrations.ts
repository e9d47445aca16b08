import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { resolvePackageFile } from '../database/project.ts';

/** Variables of the user's that name a database, change how one is reached, or replace Prisma's engine. */
const IGNORED = /^(PG[A-Z]+|\w*DATABASE_URL|PRISMA_SCHEMA_ENGINE_BINARY)$/;

/** Applies the migrations of the project to a database, and to no other. */
export async function applyMigrations(url: string): Promise<void> {
  const kept = Object.entries(process.env).filter(([name]) => !IGNORED.test(name));
  const prisma = resolvePackageFile('prisma/build/index.js');
  await promisify(execFile)(process.execPath, [prisma, 'migrate', 'deploy'], {
    env: { ...Object.fromEntries(kept), DATABASE_URL: url },
  });
}
