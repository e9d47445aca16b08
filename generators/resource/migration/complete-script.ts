import { exitStatus } from '../../../lib/errors/exit-status.ts';
import { GeneratorError } from '../../../lib/errors/generator-error.ts';
import { splitStatements, withoutTransactionControl } from '../../../tools/sql/sql-script.ts';
import type { ResourceDefinition } from '../definition.ts';
import { resourceView } from '../view.ts';
import { checkChanges } from './checks.ts';
import { withValuesInOrder } from './enum-values.ts';
import { fillMissingValues } from './missing-values.ts';
import { changedResources } from './renamed-resources.ts';

/**
 * Completes the script that Prisma makes of two schemas with what Prisma does not know. The parts
 * run in one transaction.
 *
 * @param from the resources before, with the names of fields as they are after
 * @returns the parts that are not empty
 * @throws {GeneratorError} if the script would lose the values of a field that stays
 */
export function completeScript(
  script: string,
  from: readonly ResourceDefinition[],
  to: readonly ResourceDefinition[],
): string[] {
  refuseLoss(script, from, to);
  const { dropped, added } = checkChanges(from, to);
  const isEmpty = splitStatements(script).length === 0;
  return [
    ...dropped,
    ...fillMissingValues(from, to),
    ...(isEmpty ? [] : [withValuesInOrder(withoutTransactionControl(script), from, to).trim()]),
    ...added,
  ];
}

/** Where Prisma cannot change a type, it drops the column and adds it again. */
function refuseLoss(
  script: string,
  from: readonly ResourceDefinition[],
  to: readonly ResourceDefinition[],
): void {
  const statements = splitStatements(script);
  for (const { before, after } of changedResources(from, to)) {
    const { snake, fields } = resourceView(after);
    const old = resourceView(before).fields.map(({ column }) => column);
    const altering = statements.filter((text) => text.includes(`ALTER TABLE "${snake}" `));
    const lost = fields.find(
      ({ column }) =>
        old.includes(column) &&
        altering.some((statement) => statement.includes(`DROP COLUMN "${column}"`)),
    );
    if (lost === undefined) continue;
    throw new GeneratorError(exitStatus.usage, {
      reason: `Prisma cannot change the type of "${lost.column}" in "${snake}": it would drop the column with its values.`,
      hint: 'Drop the field and add it again, in two steps.',
    });
  }
}
