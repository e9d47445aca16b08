import { completeScript } from './complete-script.ts';
import { migrationName } from './migration-name.ts';
import { prismaDiffs } from './prisma-diff.ts';
import { renameStatements } from './rename-statements.ts';
import { renamedResources } from './renamed-resources.ts';
import { renamedSchema } from './renamed-schema.ts';
import type { SchemaChange } from './schema-change.ts';

/** A migration, each script of which runs in one transaction. */
export interface Migration {
  /** What it does, in snake_case. */
  readonly name: string;
  /** The text of `migration.sql`. */
  readonly migration: string;
  /** The text of `down.sql`, which cannot restore rows that the migration deletes. */
  readonly down: string;
}

/**
 * Makes the migration for a change without problems. It first renames, and then does what Prisma
 * finds between the renamed schema and the new one, so that a rename is no new column.
 *
 * @returns undefined if nothing in the database changes
 */
export async function migrationOf(
  change: SchemaChange,
  signal = new AbortController().signal,
): Promise<Migration | undefined> {
  const { directory, oldResources, newResources, after } = change;
  const renamed = renamedResources(change);
  const before = renamedSchema(change.before, change);
  const { up, down } = await prismaDiffs(directory, { before, after }, signal);
  const migration = [
    ...renameStatements(oldResources, renamed),
    ...completeScript(up, renamed, newResources),
  ];
  if (migration.length === 0) return undefined;
  return {
    name: migrationName(change),
    migration: textOf(migration),
    down: textOf([
      ...completeScript(down, newResources, renamed),
      ...renameStatements(renamed, oldResources),
    ]),
  };
}

function textOf(parts: readonly string[]): string {
  return `${parts.join('\n\n')}\n`;
}
