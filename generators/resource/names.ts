import pluralize from 'pluralize-esm';
import type { ResourceDefinition } from './definition.ts';
import { camelCase, pascalCase } from './language/field-names.ts';

/** The name of a resource in its files. */
export interface ResourceNames {
  kebab: string;
  camel: string;
  pascal: string;
  snake: string;
  /** In a sentence. */
  words: string;
  plural: string;
  /** A variable in TypeScript that holds one. */
  variable: string;
}

/** Words that no variable can have as its name, and variables next to which one is declared. */
const TAKEN =
  `await break case catch class const continue debugger default delete do else enum export extends
  false finally for function if implements import in instanceof interface let new null package
  private protected public return static super switch this throw true try typeof var void while
  with yield arguments eval undefined
  app condition endpoint entityTag expect fullBody getVersionCondition id newBody parseId post refer reply
  request response value visible`.split(/\s+/);

/** Derives it. */
export function resourceNames({
  name,
  plural,
}: Pick<ResourceDefinition, 'name' | 'plural'>): ResourceNames {
  const [camel, pascal] = [camelCase(name), pascalCase(name)];
  const words = name.replaceAll('-', ' ');
  return {
    kebab: name,
    camel,
    pascal,
    snake: name.replaceAll('-', '_'),
    words,
    plural: plural?.replaceAll('-', ' ') ?? words.replace(/\w+$/, (last) => pluralize.plural(last)),
    variable: TAKEN.includes(camel) ? `the${pascal}` : camel,
  };
}
