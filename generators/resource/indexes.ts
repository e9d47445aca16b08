import type { ResourceDefinition } from './definition.ts';
import { camelCase, columnName } from './language/field-names.ts';

/** An index of the table that belongs to no single line of the Prisma model, or to one. */
export interface IndexView {
  sqlName: string;
  unique: boolean;
  /** The columns in SQL, quoted. */
  columns: string;
  /** The attribute of the Prisma model; undefined where the line of the field has it. */
  prisma: string | undefined;
}

/** All indexes of a resource but that of its id, in the order in which Prisma creates them. */
export function indexViews({ name, fields, unique }: ResourceDefinition): IndexView[] {
  const table = name.replaceAll('-', '_');
  const columnOf = (field: string) =>
    columnName(field, fields.find((each) => each.name === field)?.type.kind ?? '');
  const view = (names: readonly string[], isUnique: boolean, prisma?: string): IndexView => {
    const columns = names.map(columnOf);
    return {
      sqlName: [table, ...columns, isUnique ? 'key' : 'idx'].join('_'),
      unique: isUnique,
      columns: columns.map((column) => `"${column}"`).join(', '),
      prisma: prisma && `${prisma}([${columns.map(camelCase).join(', ')}])`,
    };
  };
  const isIndexed = fields.filter(
    (field) => !field.unique && (field.index || field.type.kind === 'references'),
  );
  return [
    ...fields.filter((field) => field.unique).map((field) => view([field.name], true)),
    ...isIndexed.map((field) => view([field.name], false, '@@index')),
    ...unique.map((names) => view(names, true, '@@unique')),
  ];
}
