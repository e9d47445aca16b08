import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** What PostgreSQL takes as text: comments, literals, quoted names and bodies of functions. */
const TEXT =
  /--.*|\/\*[\s\S]*?\*\/|\be'(?:[^'\\]|\\.|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|\$(\w*)\$[\s\S]*?\$\1\$/gi;
const TRANSACTION_CONTROL =
  /(?:^|;)\s*(?:begin|start\s+transaction|commit|end|abort|rollback|prepare\s+transaction)\b|\bconcurrently\b|(?:^|;)\s*vacuum\b/i;

/** The folder that holds one subfolder for each migration. */
export class MigrationFiles {
  readonly #folder: string;

  /** @param folder by default where `prisma.config.ts` puts it, relative to the current folder */
  constructor(folder = path.join('prisma', 'migrations')) {
    this.#folder = folder;
  }

  /** The names of the migrations, oldest first; undefined if the folder does not exist. */
  async names(): Promise<string[] | undefined> {
    if (!existsSync(this.#folder)) return undefined;
    const entries = await readdir(this.#folder, { withFileTypes: true });
    return entries
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name)
      .sort();
  }

  /** A script of a migration; undefined if the migration has no such script. */
  async readScript(
    migration: string,
    name: 'migration.sql' | 'down.sql',
  ): Promise<string | undefined> {
    const file = path.join(this.#folder, migration, name);
    return existsSync(file) ? await readFile(file, 'utf8') : undefined;
  }
}

/**
 * Whether a script may consist of more than one transaction, so that part of it can remain when it
 * fails. It errs on the safe side, because it does not parse SQL.
 */
export function controlsTransactions(script: string): boolean {
  return TRANSACTION_CONTROL.test(script.replace(TEXT, ' '));
}
