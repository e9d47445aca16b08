import type { MigrationRecord } from '../infrastructure/databases/migration-history.ts';

const isBuilt = import.meta.filename.endsWith('.js');
const PRISMA = isBuilt ? 'npx prisma' : 'npm run prisma --';
const MANAGE = isBuilt ? 'node dist/management.js' : 'npm run manage --';

/** How to proceed when migrations could not be undone. */
export function adviceOnUndoing(remaining: readonly MigrationRecord[]): string {
  return [
    'Manual intervention required; the maintenance window is still open.',
    '1. Check which migrations are applied:',
    `     ${PRISMA} migrate status`,
    ...(remaining.length === 0 ? [] : ['2. Undo the remaining ones, in this order:']),
    ...remaining.flatMap(commandsToUndo),
    `${remaining.length === 0 ? 2 : 3}. Close the window:`,
    `     ${MANAGE} deactivate-maintenance-mode`,
  ].join('\n');
}

/** How to proceed with migrations that an earlier run started and did not finish. */
export function adviceOnUnfinished(unfinished: readonly MigrationRecord[]): string {
  return [
    ...unfinished.map(
      ({ name, startedAt }) =>
        `${name}, started at ${startedAt.toISOString()}, failed or was killed before it finished.`,
    ),
    'Manual intervention required; nothing was done and the maintenance window is unchanged.',
    'Unless it controls transactions itself, a migration is applied as a whole or not at all.',
    '1. Record the outcome. If it was applied:',
    ...unfinished.map(({ name }) => `     ${PRISMA} migrate resolve --applied ${name}`),
    '   If it was not:',
    ...unfinished.map(({ name }) => `     ${PRISMA} migrate resolve --rolled-back ${name}`),
    '2. Apply the pending migrations and close the window:',
    `     ${MANAGE} migrate-in-window`,
  ].join('\n');
}

function commandsToUndo({ id, name, isFinished }: MigrationRecord): string[] {
  if (!isFinished) return [`     ${PRISMA} migrate resolve --rolled-back ${name}`];
  const mark = `UPDATE _prisma_migrations SET rolled_back_at = now() WHERE id = '${id}'`;
  return [
    `     ${PRISMA} db execute --file prisma/migrations/${name}/down.sql`,
    `     echo "${mark}" | ${PRISMA} db execute --stdin`,
  ];
}
