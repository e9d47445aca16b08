import type { ResourceDefinition } from '../definition.ts';
import { checkName } from '../language/field-names.ts';
import { resourceView } from '../view.ts';

/** Statements for the constraints that Prisma does not know. */
interface CheckChanges {
  /** Before columns change. */
  readonly dropped: string[];
  /** After that. */
  readonly added: string[];
}

interface Check {
  readonly table: string;
  readonly column: string;
  readonly condition: string | undefined;
}

/** Compares the CHECK constraints. One of a column that goes away goes with it. */
export function checkChanges(
  from: readonly ResourceDefinition[],
  to: readonly ResourceDefinition[],
): CheckChanges {
  const [before, after] = [checksIn(from), checksIn(to)];
  const isMissing = (check: Check, checks: ReadonlyMap<string, Check>) =>
    check.condition !== undefined &&
    checks.get(checkName(check.table, check.column))?.condition !== check.condition;
  const obsolete = [...before].filter(
    ([name, check]) => after.has(name) && isMissing(check, after),
  );
  const missing = [...after].filter(([, check]) => isMissing(check, before));
  return {
    dropped: obsolete.map(
      ([name, { table }]) => `-- DropCheck\nALTER TABLE "${table}" DROP CONSTRAINT "${name}";`,
    ),
    added: missing.map(
      ([name, { table, condition }]) =>
        `-- AddCheck\nALTER TABLE "${table}" ADD CONSTRAINT "${name}" CHECK (${condition});`,
    ),
  };
}

/** The condition of each column, if it has one, by the name of its constraint. */
function checksIn(resources: readonly ResourceDefinition[]): Map<string, Check> {
  return new Map(
    resources.flatMap((resource) => {
      const { snake: table, fields } = resourceView(resource);
      return fields.map(({ column, check: condition }): [string, Check] => [
        checkName(table, column),
        { table, column, condition },
      ]);
    }),
  );
}
