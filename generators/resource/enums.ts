import type { ResourceDefinition } from './definition.ts';
import { pascalCase } from './language/field-names.ts';
import { resourceNames } from './names.ts';

/** A type of its own in Prisma and in SQL. */
export interface EnumView {
  name: string;
  sqlName: string;
  values: readonly string[];
}

/** All enums of a resource. */
export function enumViews(definition: ResourceDefinition): EnumView[] {
  const { pascal, snake } = resourceNames(definition);
  return definition.fields.flatMap(({ name, type }) =>
    type.kind === 'enum'
      ? [{ name: pascal + pascalCase(name), sqlName: `${snake}_${name}`, values: type.values }]
      : [],
  );
}
