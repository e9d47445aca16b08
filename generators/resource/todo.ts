import type { ResourceDefinition } from './definition.ts';
import { parseResource } from './language/parse-resource.ts';

/** The example that a new service starts with. */
export const todo: ResourceDefinition = { ...parseTodo(), filters: ['title'] };

function parseTodo(): ResourceDefinition {
  const parsed = parseResource({ name: 'todo' }, [
    'title:string(255)',
    'description:string(255)?',
    'completed:boolean=false',
  ]);
  if ('definition' in parsed) return parsed.definition;
  throw new Error(parsed.problems[0].message);
}
