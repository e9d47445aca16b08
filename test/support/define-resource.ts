import type { ResourceDefinition } from '../../generators/resource/definition.ts';
import { parseResource } from '../../generators/resource/language/parse-resource.ts';

/** Defines a resource by its fields. */
export function defineResource(name: string, texts: readonly string[]): ResourceDefinition {
  const parsed = parseResource({ name }, texts);
  if ('definition' in parsed) return parsed.definition;
  throw new Error(JSON.stringify(parsed.problems, undefined, 2));
}
