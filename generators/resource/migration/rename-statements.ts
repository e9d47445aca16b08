import type { ResourceDefinition } from '../definition.ts';
import { checkName } from '../language/field-names.ts';
import { resourceView } from '../view.ts';
import { changedResources } from './renamed-resources.ts';

/**
 * Renames columns, and everything whose name contains the name of a column. The rows stay.
 *
 * @param to the same resources; only names of fields differ
 */
export function renameStatements(
  from: readonly ResourceDefinition[],
  to: readonly ResourceDefinition[],
): string[] {
  return changedResources(from, to).flatMap(({ before, after }) => {
    const newNames = namesIn(after);
    return namesIn(before).flatMap(({ title, command, name }, index) => {
      const newName = newNames[index]?.name ?? name;
      const renamed = `-- ${title}\n${command.replace('$name', `"${name}"`)} TO "${newName}";`;
      return name === newName ? [] : [renamed];
    });
  });
}

/** What has a name in the database. */
interface Name {
  readonly title: string;
  /** What renames it, with `$name` for the name, up to the new name. */
  readonly command: string;
  readonly name: string;
}

/** In the order of the fields, so that the same index means the same thing on both sides. */
function namesIn(definition: ResourceDefinition): Name[] {
  const { snake, fields, enums, indexes, relations, checks } = resourceView(definition);
  const list = (title: string, command: string, names: readonly string[]) =>
    names.map((name) => ({ title, command, name }));
  const [columns, types, indexNames] = [
    fields.map(({ column }) => column),
    enums.map(({ sqlName }) => sqlName),
    indexes.map(({ sqlName }) => sqlName),
  ];
  const foreignKeys = relations.map(({ column }) => `${snake}_${column}_fkey`);
  const checkNames = checks.map(({ column }) => checkName(snake, column));
  return [
    ...list('RenameColumn', `ALTER TABLE "${snake}" RENAME COLUMN $name`, columns),
    ...list('RenameEnum', 'ALTER TYPE $name RENAME', types),
    ...list('RenameIndex', 'ALTER INDEX $name RENAME', indexNames),
    ...list('RenameForeignKey', `ALTER TABLE "${snake}" RENAME CONSTRAINT $name`, foreignKeys),
    ...list('RenameCheck', `ALTER TABLE "${snake}" RENAME CONSTRAINT $name`, checkNames),
  ];
}
