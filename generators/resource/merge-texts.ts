import type { MergeText } from '../../lib/merge/merge-files.ts';
import { mergeLines } from '../../lib/merge/merge-lines.ts';
import { mergePrismaSchema } from '../../lib/merge/merge-prisma-schema.ts';

const REGISTRY = /^src\/resource-(controllers|dependencies)\.ts$/;

/** How a file to which resources add is merged: a schema by its models, a registry by its lines. */
export function mergeTextOfResources(path: string): MergeText | undefined {
  if (path.endsWith('.prisma')) return mergePrismaSchema;
  return REGISTRY.test(path) ? mergeLines : undefined;
}
