import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { RenderedFile } from '../../lib/files/render-folder.ts';
import { mergeFiles, type Merged, type MergeText } from '../../lib/merge/merge-files.ts';
import { mergeLines } from '../../lib/merge/merge-lines.ts';
import { mergePrismaSchema } from '../../lib/merge/merge-prisma-schema.ts';
import { userFormat } from '../../lib/merge/user-format.ts';
import { renderService } from '../app/render-service.ts';
import { madeService } from './made-service.ts';
import { committedDefinition, readDefinitions } from './definition-file.ts';
import type { ResourceContext } from './options.ts';
import { type RequestedChange, requestedChange } from './requested-change.ts';

const REGISTRY = /^src\/resource-(controllers|dependencies)\.ts$/;

/**
 * Merges a change of resources into a service: the difference between what is rendered from the
 * definitions before and after.
 *
 * @throws {GeneratorError} when the change is invalid
 */
export async function mergeResources({ values, target }: ResourceContext): Promise<Merged> {
  const { directory } = target;
  const answers = madeService(target);
  const change = await requestedChange(readDefinitions(directory), values, (name) =>
    committedDefinition(directory, name),
  );
  const [base, theirs] = [change.before, change.after].map((definitions) =>
    withoutMigrations(renderService(answers, definitions)),
  );
  const merged = await mergeFiles(directory, base ?? [], theirs ?? [], {
    format: await userFormat(directory),
    mergeTextOf,
  });
  const settled = values.force ? withoutChangedFiles(directory, merged) : merged;
  return settled.conflicts.length > 0 ? settled : withMigration(directory, change, settled);
}

/** The migrations of a service are history: a change adds one of its own. */
function withoutMigrations(files: readonly RenderedFile[]): RenderedFile[] {
  return files.filter(({ path }) => !path.startsWith('prisma/migrations/'));
}

function mergeTextOf(path: string): MergeText | undefined {
  if (path.endsWith('.prisma')) return mergePrismaSchema;
  return REGISTRY.test(path) ? mergeLines : undefined;
}

/** Removes files that are to be removed although they were changed. */
function withoutChangedFiles(directory: string, { files, removed, conflicts }: Merged): Merged {
  const forced = conflicts.filter(({ isRemoval }) => isRemoval).map(({ path }) => path);
  return {
    files: files.filter(({ path }) => !forced.includes(path)),
    removed: [...removed, ...forced.filter((path) => existsSync(join(directory, path)))],
    conflicts: conflicts.filter(({ isRemoval }) => !isRemoval),
  };
}

async function withMigration(
  directory: string,
  change: RequestedChange,
  merged: Merged,
): Promise<Merged> {
  return merged;
}
