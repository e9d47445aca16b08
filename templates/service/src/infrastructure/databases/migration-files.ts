import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Where Prisma's configuration says they are, relative to the folder of the service. */
const MIGRATIONS = path.join('prisma', 'migrations');

/** What PostgreSQL takes as text: comments, literals, quoted names and bodies of functions. */
const TEXT =
  /--.*|\/\*[\s\S]*?\*\/|\be'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$/gi;
const TRANSACTION_CONTROL =
  /(?:^|;)\s*(?:begin|start\s+transaction|commit|end|abort|rollback|prepare\s+transaction)\b|\bconcurrently\b|(?:^|;)\s*vacuum\b/i;

/** The names of the migrations in the current folder, oldest first; undefined without such a folder. */
export async function migrationNames(): Promise<string[] | undefined> {
  if (!existsSync(MIGRATIONS)) return undefined;
  const entries = await readdir(MIGRATIONS, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** A script of a migration; undefined if it has none of that name. */
export async function readScript(
  migration: string,
  name: 'migration.sql' | 'down.sql',
): Promise<string | undefined> {
  const file = path.join(MIGRATIONS, migration, name);
  return existsSync(file) ? await readFile(file, 'utf8') : undefined;
}

/**
 * Whether a script is more than one transaction, so that a part of it can stay when it fails. It may
 * say so where it is not: what it reads is not parsed as SQL.
 */
export function controlsTransactions(script: string): boolean {
  return TRANSACTION_CONTROL.test(script.replace(TEXT, ' '));
}
