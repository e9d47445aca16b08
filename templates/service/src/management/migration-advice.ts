import type { MigrationRecord } from '../infrastructure/databases/migration-history.ts';

const isBuilt = import.meta.filename.endsWith('.js');
const PRISMA = isBuilt ? 'npx prisma' : 'npm run prisma --';
const MANAGE = isBuilt ? 'node dist/management.js' : 'npm run manage --';

/** What a person does when migrations could not be undone. */
export function adviceOnUndoing(remaining: readonly MigrationRecord[]): string {
  return [
    'The maintenance window is not closed: a person has to see to the database.',
    '1. See what is applied:',
    `     ${PRISMA} migrate status`,
    ...(remaining.length === 0 ? [] : ['2. Undo what is left, in this order:']),
    ...remaining.flatMap(commandsToUndo),
    `${remaining.length === 0 ? 2 : 3}. Close the window:`,
    `     ${MANAGE} deactivate-maintenance-mode`,
  ].join('\n');
}

/** What a person does about migrations that an earlier run began and did not end. */
export function adviceOnUnfinished(unfinished: readonly MigrationRecord[]): string {
  return [
    ...unfinished.map(
      ({ name, startedAt }) =>
        `Found: ${name}, begun at ${startedAt.toISOString()}, failed or was killed before it ended.`,
    ),
    'Nothing was done, and the maintenance window is as it was. A person has to see to the database.',
    'Unless it controls transactions itself, a migration is applied as a whole or not at all.',
    '1. Say which it is. If it is applied:',
    ...unfinished.map(({ name }) => `     ${PRISMA} migrate resolve --applied ${name}`),
    '   and if it is not:',
    ...unfinished.map(({ name }) => `     ${PRISMA} migrate resolve --rolled-back ${name}`),
    '2. Apply what is pending, and close the window:',
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
