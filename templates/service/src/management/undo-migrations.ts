import { controlsTransactions, readScript } from '../infrastructure/databases/migration-files.ts';
import type {
  MigrationHistory,
  MigrationRecord,
} from '../infrastructure/databases/migration-history.ts';

/** Migrations could not be undone. */
export class UndoError extends Error {
  override readonly name = 'UndoError';
  /** What is still to be undone, newest first. */
  readonly remaining: readonly MigrationRecord[];

  constructor(message: string, remaining: readonly MigrationRecord[]) {
    super(message);
    this.remaining = remaining;
  }
}

/**
 * Undoes migrations, each by its `down.sql`; one that failed has been undone by the database itself
 * and is only marked. Nothing is begun unless all of them can be undone.
 *
 * @param records newest first
 * @throws {UndoError}
 */
export async function undoMigrations(
  history: MigrationHistory,
  records: readonly MigrationRecord[],
): Promise<void> {
  const scripts = await Promise.all(records.map((record) => undoScript(record, records)));
  for (const [index, record] of records.entries()) {
    try {
      await history.rollBack(record, scripts[index] ?? '');
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new UndoError(`${record.name} could not be undone: ${reason}`, records.slice(index));
    }
    console.log(
      record.isFinished ? `Undone: ${record.name}` : `Marked as rolled back: ${record.name}`,
    );
  }
}

async function undoScript(
  { name, isFinished }: MigrationRecord,
  records: readonly MigrationRecord[],
): Promise<string> {
  const script = await readScript(name, isFinished ? 'down.sql' : 'migration.sql');
  if (script === undefined)
    throw new UndoError(`${name} has no down.sql: one has to be written first`, records);
  if (controlsTransactions(script)) {
    const problem = isFinished
      ? `The down.sql of ${name} controls transactions itself, so that it cannot be run in one`
      : `${name} controls transactions itself, so that a part of it may have stayed`;
    throw new UndoError(problem, records);
  }
  return isFinished ? script : '';
}
