import type { ResourceDefinition } from './definition.ts';

/** The example that a new service starts with. */
export const todo: ResourceDefinition = {
  name: 'todo',
  createdAt: '20260101000000',
  fields: [
    { kind: 'text', name: 'title', required: true, maxLength: 255, filter: true },
    { kind: 'text', name: 'description', required: false, maxLength: 255, filter: false },
    { kind: 'boolean', name: 'completed', default: false },
  ],
};
