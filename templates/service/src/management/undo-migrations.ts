import type { Dependencies } from '../dependency-container.ts';
import {
  controlsTransactions,
  type MigrationFiles,
} from '../infrastructure/databases/migration-files.ts';
import type { MigrationRecord } from '../infrastructure/databases/migration-history.ts';

/** Migrations could not be undone. */
export class UndoError extends Error {
  override readonly name = 'UndoError';
  /** What remains to be undone, newest first. */
  readonly remaining: readonly MigrationRecord[];

  constructor(message: string, remaining: readonly MigrationRecord[]) {
    super(message);
    this.remaining = remaining;
  }
}

/**
 * Undoes migrations, each by its `down.sql`; a failed one was rolled back by the database itself and
 * is only marked. Starts only if all of them can be undone.
 *
 * @param records newest first
 * @throws {UndoError}
 */
export async function undoMigrations(
  { migrationFiles, migrationHistory }: Pick<Dependencies, 'migrationFiles' | 'migrationHistory'>,
  records: readonly MigrationRecord[],
): Promise<void> {
  const scripts = await Promise.all(
    records.map((record) => undoScript(migrationFiles, record, records)),
  );
  for (const [index, record] of records.entries()) {
    try {
      await migrationHistory.rollBack(record, scripts[index] ?? '');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new UndoError(`Cannot undo ${record.name}: ${reason}`, records.slice(index));
    }
    console.log(
      record.isFinished ? `Undone: ${record.name}` : `Marked as rolled back: ${record.name}`,
    );
  }
}

async function undoScript(
  files: MigrationFiles,
  { name, isFinished }: MigrationRecord,
  records: readonly MigrationRecord[],
): Promise<string> {
  const script = await files.readScript(name, isFinished ? 'down.sql' : 'migration.sql');
  if (script === undefined) {
    throw new UndoError(`${name} has no down.sql: write one first`, records);
  }
  if (controlsTransactions(script)) {
    const problem = isFinished
      ? `The down.sql of ${name} controls transactions itself and cannot run in one transaction`
      : `${name} controls transactions itself: part of it may have been applied`;
    throw new UndoError(problem, records);
  }
  return isFinished ? script : '';
}
