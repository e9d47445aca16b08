import type { Dependencies } from '../dependency-container.ts';
import type {
  MigrationHistory,
  MigrationRecord,
} from '../infrastructure/databases/migration-history.ts';
import type { DeployMigrations } from '../infrastructure/databases/prisma-cli.ts';
import { drainMilliseconds, EXIT, ManagementError } from './command.ts';
import { Interruption } from './interruption.ts';
import { adviceOnUndoing, adviceOnUnfinished } from './migration-advice.ts';
import { MigrationWindow } from './migration-window.ts';
import { undoMigrations, UndoError } from './undo-migrations.ts';

type Needs = Pick<
  Dependencies,
  | 'config'
  | 'database'
  | 'deployMigrations'
  | 'migrationFiles'
  | 'migrationHistory'
  | 'serviceContextService'
>;

type Run = Pick<Needs, 'config' | 'migrationFiles' | 'migrationHistory'> & {
  deployMigrations: DeployMigrations;
  /** What was applied before the run. */
  before: readonly MigrationRecord[];
  window: MigrationWindow;
};

/**
 * Applies the pending migrations while the service is in maintenance.
 *
 * @returns the exit status: done, undone, stuck, or that of a signal that came before the migrations
 */
export async function migrateInWindow(dependencies: Needs): Promise<number> {
  const deployMigrations = requireDeployMigrations(dependencies);
  const names = await requireMigrationNames(dependencies);
  const { migrationHistory } = dependencies;
  await reserve(migrationHistory);
  const before = await migrationHistory.read();
  const window = await MigrationWindow.find(dependencies);

  const unfinished = before.filter(({ isFinished }) => !isFinished);
  if (unfinished.length > 0) throw new ManagementError(adviceOnUnfinished(unfinished), EXIT.stuck);
  const pending = names.filter((name) => before.every((record) => record.name !== name));
  if (pending.length === 0) {
    console.log('No pending migrations.');
    await window.closeIfLeftOpen();
    return EXIT.done;
  }
  const { config, migrationFiles } = dependencies;
  return migrate({ config, migrationFiles, migrationHistory, deployMigrations, before, window });
}

async function migrate(run: Run): Promise<number> {
  const interruption = new Interruption();
  try {
    const mayBeServing = await run.window.open();
    if (mayBeServing) {
      const drain = drainMilliseconds(run.config);
      console.log(`Waiting ${drain} ms for requests in flight.`);
      await interruption.sleep(drain);
    }
    if (interruption.status === undefined) return await deployOrUndo(run);
    await run.window.close();
    return interruption.status;
  } finally {
    interruption.stop();
  }
}

/** @throws {ManagementError} when the migrations could not be undone */
async function deployOrUndo(run: Run): Promise<number> {
  try {
    const isDeployed = await run.deployMigrations();
    if (!isDeployed) {
      console.log('A migration failed: rolling back what this run applied.');
      await undoMigrations(run, await appliedSince(run.before, run.migrationHistory));
    }
    await run.window.close();
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

function requireDeployMigrations({
  deployMigrations,
}: Pick<Needs, 'deployMigrations'>): DeployMigrations {
  if (deployMigrations !== undefined) return deployMigrations;
  throw new ManagementError(
    'The Prisma CLI is not installed here. Use the image that `docker build --target migrate` ' +
      'builds, or install the development dependencies.',
  );
}

async function requireMigrationNames({
  migrationFiles,
}: Pick<Needs, 'migrationFiles'>): Promise<string[]> {
  const names = await migrationFiles.names();
  if (names !== undefined) return names;
  throw new ManagementError(
    'The current folder has no prisma/migrations: run this in the folder of the service.',
  );
}

/** @throws {ManagementError} when another process migrates the database, or it cannot be locked */
async function reserve(history: MigrationHistory): Promise<void> {
  await history.connect();
  if (!(await history.hasOwnSession())) {
    throw new ManagementError(
      'The connection goes through a pooler in transaction mode, which cannot hold the locks of a ' +
        'migration: nothing was done. Set DIRECT_DATABASE_URL to the database itself.',
    );
  }
  if (!(await history.lock())) {
    throw new ManagementError(
      'Another migrate-in-window is running on this database: nothing was done.',
    );
  }
  if (await history.isMigrating()) {
    throw new ManagementError(
      'Prisma is applying migrations to this database, perhaps for a migrate-in-window that was ' +
        'killed: nothing was done. Try again when they have ended.',
    );
  }
}
