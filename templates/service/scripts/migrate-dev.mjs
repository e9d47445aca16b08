/**
 * `prisma migrate dev` with the same arguments, and beside the `migration.sql` that it makes a
 * `down.sql` that undoes it: what leads from the new schema to the old one.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

const MIGRATIONS = 'prisma/migrations';
/** The native engine compares migrations only with a shadow database that is configured. */
const ENGINE = path.join(import.meta.dirname, 'schema-engine.mjs');
const REVERSE = [
  'migrate',
  'diff',
  '--from-schema',
  'prisma/schema',
  '--to-migrations',
  MIGRATIONS,
];
const prismaCli = createRequire(import.meta.url).resolve('prisma/build/index.js');

const before = readdirSync(MIGRATIONS);
// While the migrations still add up to the old schema.
const reverse = spawnSync(process.execPath, [prismaCli, ...REVERSE, '--script'], {
  env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: ENGINE },
  stdio: ['ignore', 'pipe', 'inherit'],
});
if (reverse.status !== 0) process.exit(reverse.status ?? 1);

const migrateDev = ['migrate', 'dev', ...process.argv.slice(2)];
const { status } = spawnSync(process.execPath, [prismaCli, ...migrateDev], { stdio: 'inherit' });
for (const migration of readdirSync(MIGRATIONS).filter((name) => !before.includes(name))) {
  const file = path.join(MIGRATIONS, migration, 'down.sql');
  writeFileSync(file, reverse.stdout);
  console.log(`Made ${file}: read it. What the migration deletes, it cannot bring back.`);
}
process.exitCode = status ?? 1;
