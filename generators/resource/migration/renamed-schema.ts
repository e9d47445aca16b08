import { exitStatus } from '../../../lib/errors/exit-status.ts';
import { GeneratorError } from '../../../lib/errors/generator-error.ts';
import type { RenderedFile } from '../../../lib/files/render-folder.ts';
import type { Field, ResourceDefinition } from '../definition.ts';
import { camelCase, columnName, pascalCase } from '../language/field-names.ts';
import type { DefinitionChange } from './schema-change.ts';

/**
 * Renames in a Prisma schema the columns of renamed fields and the types of their enums; what they
 * are called in Prisma stays. The names of indexes and foreign keys follow from those of columns.
 *
 * @throws {GeneratorError} if the schema lacks the model or the field
 */
export function renamedSchema(
  files: readonly RenderedFile[],
  { oldResources, renames }: Pick<DefinitionChange, 'oldResources' | 'renames'>,
): readonly RenderedFile[] {
  const edits = oldResources.flatMap((resource) =>
    resource.fields.flatMap((field) => {
      const newName = renames.get(resource.name)?.get(field.name);
      return newName === undefined ? [] : renameEdits(resource, field, newName);
    }),
  );
  return edits.reduce(editLine, files);
}

/** A change of one line of a block. */
interface LineEdit {
  /** How the block starts, such as `model Book`. */
  readonly block: string;
  /** How the line starts. */
  readonly start: string;
  readonly edit: (line: string) => string;
}

function renameEdits({ name }: ResourceDefinition, field: Field, newName: string): LineEdit[] {
  const { kind } = field.type;
  const model = pascalCase(name);
  const column: LineEdit = {
    block: `model ${model}`,
    start: `${camelCase(columnName(field.name, kind))} `,
    edit: (line) => mapTo(line, columnName(newName, kind)),
  };
  if (kind !== 'enum') return [column];
  const type: LineEdit = {
    block: `enum ${model}${pascalCase(field.name)}`,
    start: '@@map(',
    edit: () => `  @@map("${name.replaceAll('-', '_')}_${newName}")`,
  };
  return [column, type];
}

/** Sets the name of a field's column. */
function mapTo(line: string, column: string): string {
  const unmapped = line.replace(/\s@map\(".*?"\)/, '');
  return unmapped.replace(/^\s*\S+\s+\S+/, (nameAndType) => `${nameAndType} @map("${column}")`);
}

function editLine(
  files: readonly RenderedFile[],
  { block, start, edit }: LineEdit,
): readonly RenderedFile[] {
  const edited = files.map(({ path, contents }): RenderedFile => {
    const lines = contents.toString().split('\n');
    const first = lines.findIndex((line) => inOneForm(line).startsWith(`${block} {`));
    const length = lines.slice(first).findIndex((line) => line.trim() === '}');
    const place = lines.findIndex(
      (line, index) => index > first && index < first + length && inOneForm(line).startsWith(start),
    );
    if (first === -1 || place === -1) return { path, contents };
    return { path, contents: Buffer.from(lines.with(place, edit(lines[place] ?? '')).join('\n')) };
  });
  if (edited.some(({ contents }, index) => contents !== files[index]?.contents)) return edited;
  throw new GeneratorError(exitStatus.usage, {
    reason: `Cannot rename the field: "${block}" in the Prisma schema has no line that starts with "${start.trim()}".`,
    hint: 'Restore the line, or rename the field and its column by hand.',
  });
}

/** A line without indentation, and with one blank between words and before a brace. */
function inOneForm(line: string): string {
  return line.replace('{', ' {').trim().replace(/\s+/g, ' ');
}
