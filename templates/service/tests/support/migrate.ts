import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import path from 'node:path';
import { promisify } from 'node:util';

const prismaProgram = createRequire(import.meta.url).resolve('prisma/build/index.js');

/** Applies the migrations of the service to a database. */
export async function migrate(url: string): Promise<void> {
  await promisify(execFile)(process.execPath, [prismaProgram, 'migrate', 'deploy'], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    env: { ...process.env, DATABASE_URL: url },
  });
}
