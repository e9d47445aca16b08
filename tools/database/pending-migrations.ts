import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { MIGRATIONS } from './project.ts';

interface AppliedMigration {
  migration_name: string;
  checksum: string;
  finished: boolean;
}

/**
 * Whether `prisma migrate deploy` has something to do or to report: a migration that the database lacks,
 * that failed, or that was changed after it was applied.
 */
export async function hasPendingMigrations(url: string): Promise<boolean> {
  const applied = await appliedMigrations(url);
  if (applied.some(({ finished }) => !finished)) return true;
  const checksums = new Map(applied.map((row) => [row.migration_name, row.checksum]));
  return migrationFiles().some(([name, file]) => checksums.get(name) !== checksumOf(file));
}

async function appliedMigrations(url: string): Promise<AppliedMigration[]> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query(
      "SELECT WHERE to_regclass('public._prisma_migrations') IS NOT NULL",
    );
    if (!rowCount) return [];
    const { rows } = await client.query<AppliedMigration>(
      `SELECT migration_name, checksum, finished_at IS NOT NULL AS finished
      FROM public._prisma_migrations WHERE rolled_back_at IS NULL`,
    );
    return rows;
  } finally {
    await client.end();
  }
}

/** The migrations of the project, each with its file. */
function migrationFiles(): [name: string, file: string][] {
  if (!existsSync(MIGRATIONS)) return [];
  return readdirSync(MIGRATIONS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }): [string, string] => [name, path.join(MIGRATIONS, name, 'migration.sql')]);
}

/** As Prisma computes it. */
function checksumOf(file: string): string | undefined {
  return existsSync(file)
    ? createHash('sha256').update(readFileSync(file)).digest('hex')
    : undefined;
}
