import type { RenderedFile } from '../../../lib/files/render-folder.ts';

const DECLARATION =
  /^\s*(?:(?:model|enum|view|type)\s+(\w+)\s*\{|@@map\(\s*(?:name:\s*)?"([^"]+)")/gm;

/** The names that a Prisma schema gives to models, enums, tables and types, each with its file. */
export function prismaDeclarations(schema: readonly RenderedFile[]): Map<string, string> {
  return new Map(
    schema.flatMap(({ path, contents }) =>
      [...contents.toString().matchAll(DECLARATION)].map(([, name, mapped]): [string, string] => [
        name ?? mapped ?? '',
        path,
      ]),
    ),
  );
}
