import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { withoutTransactionControl } from '../sql/sql-script.ts';
import { runProgram } from './programs.ts';
import { MIGRATIONS, resolvePackageFile, SCHEMA } from './project.ts';
import { withDatabase } from './with-database.ts';

/** The native engine compares migrations only with a shadow database that is configured. */
const ENGINE = path.join(import.meta.dirname, 'schema-engine.mjs');

/**
 * Runs `prisma migrate dev` with the same arguments, and writes next to the new `migration.sql` a
 * `down.sql` that undoes it: what leads from the new schema back to the old one.
 *
 * @returns the exit status
 */
export async function migrate(migrateArguments: readonly string[]): Promise<number> {
  if (!process.stdin.isTTY && !migrateArguments.some(isNameOrHelp)) {
    console.error(
      'Cannot prompt for the name of the migration (no TTY). Repeat with a name:\n\n' +
        '    node tools/database.mjs migrate --name add-title',
    );
    return 2;
  }
  return withDatabase({ migrated: false, token: false }, (signal) =>
    migrateDev(migrateArguments, signal),
  );
}

function isNameOrHelp(argument: string): boolean {
  return /^(--name(=.*)?|-n|--help|-h)$/.test(argument);
}

async function migrateDev(
  migrateArguments: readonly string[],
  signal: AbortSignal,
): Promise<number> {
  const before = readdirSync(MIGRATIONS);
  // While the migrations still add up to the old schema.
  const reverse = diffToMigrations();
  if (reverse.status !== 0) return reverse.status ?? 1;
  const status = await runProgram('prisma', ['migrate', 'dev', ...migrateArguments], { signal });
  for (const migration of readdirSync(MIGRATIONS).filter((name) => !before.includes(name))) {
    const file = path.join(MIGRATIONS, migration, 'down.sql');
    // Whoever runs it does so in one transaction, with what else belongs to the rollback.
    writeFileSync(file, withoutTransactionControl(reverse.stdout));
    console.log(`Created ${file}: review it. It cannot restore what the migration deletes.`);
  }
  return status;
}

/** The script that leads from the schema to what the migrations add up to. */
function diffToMigrations(): { status: number | null; stdout: string } {
  const diff = ['--from-schema', SCHEMA, '--to-migrations', MIGRATIONS, '--script'];
  return spawnSync(
    process.execPath,
    [resolvePackageFile('prisma/build/index.js'), 'migrate', 'diff', ...diff],
    {
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: ENGINE },
      stdio: ['ignore', 'pipe', 'inherit'],
      encoding: 'utf8',
    },
  );
}
