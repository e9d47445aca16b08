import type { Field, OnDelete, ResourceDefinition } from './definition.ts';
import { camelCase, pascalCase } from './language/field-names.ts';

/** A foreign key. */
export interface RelationView {
  /** A line of the Prisma model. */
  prisma: string;
  column: string;
  /** The resource it refers to, in kebab-case. */
  kebab: string;
  pascal: string;
  snake: string;
  required: boolean;
  /** Whether it refers to its own resource. */
  self: boolean;
  /** In SQL. */
  onDelete: string;
  /** What Prisma wants in the model that it refers to. */
  opposite: string;
}

const ACTIONS: Record<OnDelete, { prisma: string; sql: string }> = {
  restrict: { prisma: 'Restrict', sql: 'RESTRICT' },
  cascade: { prisma: 'Cascade', sql: 'CASCADE' },
  'set-null': { prisma: 'SetNull', sql: 'SET NULL' },
};

/** All foreign keys of a resource. */
export function relationViews({ name, fields }: ResourceDefinition): RelationView[] {
  return fields.flatMap((field) => relationView(name, field) ?? []);
}

function relationView(
  resource: string,
  { name, type, optional, unique }: Field,
): RelationView | undefined {
  if (type.kind !== 'references') return undefined;
  const pascal = pascalCase(type.resource);
  const model = pascalCase(resource);
  const relation = `"${model}${pascalCase(name)}"`;
  const { prisma, sql } = ACTIONS[type.onDelete];
  const keys = `fields: [${camelCase(name)}Id], references: [id]`;
  return {
    prisma: `${camelCase(name)} ${pascal}${optional ? '?' : ''} @relation(${relation}, ${keys}, onDelete: ${prisma})`,
    column: `${name}_id`,
    kebab: type.resource,
    pascal,
    snake: type.resource.replaceAll('-', '_'),
    required: !optional,
    self: type.resource === resource,
    onDelete: sql,
    opposite: `${camelCase(resource)}${pascalCase(name)} ${model}${unique ? '?' : '[]'} @relation(${relation})`,
  };
}
