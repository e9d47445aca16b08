import type { Field, ResourceDefinition } from './definition.ts';
import { type FieldView, fieldView, type Refusal } from './field-view.ts';
import type { Wiring } from './wiring.ts';

/** What the templates of a resource are rendered with. */
export interface ResourceView {
  kebab: string;
  camel: string;
  pascal: string;
  snake: string;
  /** As a person writes it in a sentence. */
  words: string;
  /** The folder of the migration that creates its table. */
  migration: string;
  fields: FieldView[];
  /** The fields that lists can be restricted by. */
  filters: FieldView[];
  /** What the API's schemas import, sorted. */
  schemaHelpers: string[];
  /** Field values as they stand in an object literal of the tests. */
  smallestBody: string;
  defaults: string;
  longest: string;
  numbered: string;
  /** How a model prints its examples. */
  printed: string;
  /** A field that must be there; undefined when there is none. */
  requiredName: string | undefined;
  refusals: Refusal[];
  /** The lines that make the service use it. */
  wiring: Wiring[];
}

/** Derives from a definition all that its templates say. */
export function resourceView({
  name,
  createdAt,
  fields: definitions,
}: ResourceDefinition): ResourceView {
  const words = name.split('-');
  const pascal = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  const camel = pascal.charAt(0).toLowerCase() + pascal.slice(1);
  const snake = words.join('_');
  const fields = definitions.map(fieldView);
  const filters = fields.filter((_, index) => isFilter(definitions[index]));
  return {
    kebab: name,
    camel,
    pascal,
    snake,
    words: words.join(' '),
    migration: `${createdAt}_create_${snake}`,
    fields,
    filters,
    schemaHelpers: schemaHelpers(fields),
    smallestBody: literal(fields.filter((field) => field.required).map(assign('example'))),
    defaults: literal(fields.map(assign('defaultValue'))),
    longest: literal(fields.map(assign('longest'))),
    numbered: literal(filters.map((field) => `${field.name}: \`Number \${number}\``)),
    printed: fields.map((field) => `${field.name}=${field.printed}`).join(', '),
    requiredName: fields.find((field) => field.required)?.name,
    refusals: fields.flatMap((field) => field.refusals),
    wiring: wiring(name, camel, pascal),
  };
}

function isFilter(field: Field | undefined): boolean {
  return field?.kind === 'text' && field.filter;
}

type ValueName = 'example' | 'defaultValue' | 'longest';

function assign(value: ValueName): (field: FieldView) => string | undefined {
  return (field) => (field[value] === undefined ? undefined : `${field.name}: ${field[value]}`);
}

function literal(members: (string | undefined)[]): string {
  return members.filter((member) => member !== undefined).join(', ');
}

function schemaHelpers(fields: FieldView[]): string[] {
  const schemas = fields.flatMap((field) => [field.schema, field.responseSchema]).join(' ');
  const used = ['NullableText', 'Text'].filter((helper) =>
    new RegExp(`\\b${helper}\\(`).test(schemas),
  );
  return [...used, 'NullableTimestamp', 'Timestamp'].sort();
}

function wiring(kebab: string, camel: string, pascal: string): Wiring[] {
  return [
    {
      file: 'src/dependency-container.ts',
      marker: '<resources:imports>',
      lines: [
        `import { Prisma${pascal}Repository } from './infrastructure/repositories/prisma-${kebab}-repository.ts';`,
        `import { ${pascal}Service } from './services/${kebab}-service.ts';`,
      ],
    },
    {
      file: 'src/dependency-container.ts',
      marker: '<resources:registrations>',
      lines: [
        `${camel}Repository: asClass(Prisma${pascal}Repository).singleton(),`,
        `${camel}Service: asClass(${pascal}Service).singleton(),`,
      ],
    },
    {
      file: 'src/routes.ts',
      marker: '<resources:imports>',
      lines: [`import { ${camel}Controller } from './api/controllers/${kebab}-controller.ts';`],
    },
    {
      file: 'src/routes.ts',
      marker: '<resources:routes>',
      lines: [`await app.register(${camel}Controller(dependencies), { prefix: '/v1' });`],
    },
  ];
}
