import type { Dependencies } from '../dependency-container.ts';
import { migrationNames } from '../infrastructure/databases/migration-files.ts';
import type {
  MigrationHistory,
  MigrationRecord,
} from '../infrastructure/databases/migration-history.ts';
import { deployMigrations, findPrismaCli } from '../infrastructure/databases/prisma-cli.ts';
import { drainMilliseconds } from '../http/maintenance.ts';
import { EXIT, ManagementError } from './command.ts';
import { Interruption } from './interruption.ts';
import { adviceOnUndoing, adviceOnUnfinished } from './migration-advice.ts';
import { MigrationWindow } from './migration-window.ts';
import { undoMigrations, UndoError } from './undo-migrations.ts';

interface Run {
  prismaCli: string;
  history: MigrationHistory;
  /** What was applied before the run. */
  before: readonly MigrationRecord[];
  window: MigrationWindow;
  drain: number;
}

/**
 * Applies the pending migrations while the service is in maintenance.
 *
 * @returns the exit status: done, undone, stuck, or that of a signal that came before the migrations
 */
export async function migrateInWindow(dependencies: Dependencies): Promise<number> {
  const prismaCli = requirePrismaCli();
  const names = await requireMigrationNames();
  const { migrationHistory: history, config } = dependencies;
  await reserve(history);
  const before = await history.read();
  const window = await MigrationWindow.find(dependencies);

  const unfinished = before.filter(({ isFinished }) => !isFinished);
  if (unfinished.length > 0) throw new ManagementError(adviceOnUnfinished(unfinished), EXIT.stuck);
  const pending = names.filter((name) => before.every((record) => record.name !== name));
  if (pending.length === 0) {
    console.log('No migration is pending.');
    await window.closeIfLeftOpen();
    return EXIT.done;
  }
  return await migrate({ prismaCli, history, before, window, drain: drainMilliseconds(config) });
}

async function migrate(run: Run): Promise<number> {
  const interruption = new Interruption();
  try {
    const mayBeServing = await run.window.open();
    if (mayBeServing) {
      console.log(`Waiting ${run.drain} ms until no instance works on a request any more.`);
      await interruption.sleep(run.drain);
    }
    if (interruption.status === undefined) return await deployOrUndo(run);
    await run.window.close();
    return interruption.status;
  } finally {
    interruption.stop();
  }
}

/** @throws {ManagementError} when the database is in a state that only a person can judge */
async function deployOrUndo({ prismaCli, history, before, window }: Run): Promise<number> {
  try {
    const isDeployed = await deployMigrations(prismaCli);
    if (!isDeployed) {
      console.log('A migration failed: undoing what this run applied.');
      await undoMigrations(history, await appliedSince(before, history));
    }
    await window.close();
    return isDeployed ? EXIT.done : EXIT.undone;
  } catch (error) {
    const remaining = error instanceof UndoError ? error.remaining : [];
    const message = error instanceof Error ? error.message : String(error);
    throw new ManagementError(`${message}\n${adviceOnUndoing(remaining)}`, EXIT.stuck);
  }
}

/** Newest first. */
async function appliedSince(
  before: readonly MigrationRecord[],
  history: MigrationHistory,
): Promise<MigrationRecord[]> {
  const known = new Set(before.map(({ id }) => id));
  return (await history.read()).filter(({ id }) => !known.has(id)).reverse();
}

function requirePrismaCli(): string {
  const prismaCli = findPrismaCli();
  if (prismaCli !== undefined) return prismaCli;
  throw new ManagementError(
    'The Prisma CLI is not installed here. Run this in the image that `docker build --target migrate` ' +
      'makes, or where the development dependencies are installed.',
  );
}

async function requireMigrationNames(): Promise<string[]> {
  const names = await migrationNames();
  if (names !== undefined) return names;
  throw new ManagementError(
    'There is no prisma/migrations here: run this in the folder of the service.',
  );
}

/** @throws {ManagementError} when somebody else migrates the database */
async function reserve(history: MigrationHistory): Promise<void> {
  await history.connect();
  if (!(await history.lock())) {
    throw new ManagementError(
      'Another migrate-in-window is at work on this database: nothing was done.',
    );
  }
  if (await history.isMigrating()) {
    throw new ManagementError(
      'Prisma is applying migrations to this database, maybe for a migrate-in-window that was ' +
        'killed: nothing was done. Run this again when they have ended.',
    );
  }
}
