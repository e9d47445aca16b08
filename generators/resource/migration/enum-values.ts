import type { ResourceDefinition } from '../definition.ts';
import { resourceView } from '../view.ts';

/** Adds each new value of an enum where the definition has it; Prisma adds it at the end. */
export function withValuesInOrder(
  script: string,
  from: readonly ResourceDefinition[],
  to: readonly ResourceDefinition[],
): string {
  const [before, after] = [enumsIn(from), enumsIn(to)];
  return script.replace(
    /^(ALTER TYPE "(\w+)" ADD VALUE '(\w+)');$/gm,
    (statement, start: string, type: string, value: string) => {
      const values = after.get(type) ?? [];
      const previous = values[values.indexOf(value) - 1];
      if (previous !== undefined) return `${start} AFTER '${previous}';`;
      const next = values.find((each) => before.get(type)?.includes(each));
      return next === undefined ? statement : `${start} BEFORE '${next}';`;
    },
  );
}

function enumsIn(resources: readonly ResourceDefinition[]): Map<string, readonly string[]> {
  const enums = resources.flatMap((resource) => resourceView(resource).enums);
  return new Map(enums.map(({ sqlName, values }) => [sqlName, values]));
}
