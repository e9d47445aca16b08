import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { RenderedFile } from '../../lib/files/render-folder.ts';
import {
  mergeFiles,
  type Merged,
  type MergeOptions,
  type MergeText,
} from '../../lib/merge/merge-files.ts';
import { followMoves } from '../../lib/merge/moved-imports.ts';
import { userFormat } from '../../lib/merge/user-format.ts';
import { refuseProblems } from '../../lib/options/resolve.ts';
import { renderService } from '../app/render-service.ts';
import { changeProblems } from './change-problems.ts';
import { madeService } from '../app/made-service.ts';
import { committedDefinition, isDefinition, readDefinitions } from './definition-file.ts';
import { mergeTextOfResources } from './merge-texts.ts';
import { migrationOf } from './migration/migration.ts';
import type { SchemaChange } from './migration/schema-change.ts';
import { migrationFolder } from './migration/migration-folder.ts';
import type { ResourceContext } from './options.ts';
import { requestedChange } from './requested-change.ts';

const MIGRATIONS = 'prisma/migrations';
const SCHEMA = 'prisma/schema';

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
  const schema = filesIn(directory, SCHEMA);
  const paths = [...sourcePaths(directory), ...schema.map(({ path }) => path)];
  refuseProblems(changeProblems(change, { paths, schema }));
  const [base, theirs] = [change.oldResources, change.newResources].map((definitions) =>
    withoutMigrations(renderService(answers, definitions)),
  );
  const format = await userFormat(directory);
  const merged = await mergeFiles(directory, base ?? [], theirs ?? [], { format, mergeTextOf });
  const settled = values.force ? withoutChangedFiles(directory, merged) : merged;
  if (settled.conflicts.length > 0) return settled;
  const files = await withMovedImports(directory, settled, theirs ?? [], format);
  return withMigration(directory, { ...change, before: schema }, { ...settled, files });
}

/** Corrects imports of files that the user moved, and formats the new files among the corrected ones. */
async function withMovedImports(
  directory: string,
  { files, removed }: Merged,
  rendered: readonly RenderedFile[],
  format: MergeOptions['format'],
): Promise<RenderedFile[]> {
  const isPresent = (path: string) => existsSync(join(directory, path));
  const paths = new Set([...sourcePaths(directory), ...files.map(({ path }) => path)]);
  for (const path of removed) paths.delete(path);
  const renderedPaths = rendered.map(({ path }) => path);
  const followed = followMoves(files, [...paths], renderedPaths);
  return Promise.all(
    followed.map(async (file, index) =>
      file === files[index] || isPresent(file.path) ? file : await format(file),
    ),
  );
}

/** The migrations of a service are history: a change adds one of its own. */
function withoutMigrations(files: readonly RenderedFile[]): RenderedFile[] {
  return files.filter(({ path }) => !path.startsWith(`${MIGRATIONS}/`));
}

function mergeTextOf(path: string): MergeText | undefined {
  // The new definition was made from the user's file, however that is formatted.
  return isDefinition(path) ? (_, __, theirs) => theirs : mergeTextOfResources(path);
}

/** Removes files that are to be removed although they were changed. */
function withoutChangedFiles(directory: string, merged: Merged): Merged {
  const { files, removed, conflicts } = merged;
  const forced = conflicts.filter(({ kind }) => kind === 'removal').map(({ path }) => path);
  return {
    ...merged,
    files: files.filter(({ path }) => !forced.includes(path)),
    removed: [...removed, ...forced.filter((path) => existsSync(join(directory, path)))],
    conflicts: conflicts.filter(({ kind }) => kind !== 'removal'),
  };
}

/** Adds the migration from the Prisma schema as it is to the merged one. */
async function withMigration(
  directory: string,
  change: Omit<SchemaChange, 'directory' | 'after'>,
  merged: Merged,
): Promise<Merged> {
  const replaced = [...merged.removed, ...merged.files.map(({ path }) => path)];
  const after = [
    ...change.before.filter(({ path }) => !replaced.includes(path)),
    ...merged.files.filter(({ path }) => path.startsWith(`${SCHEMA}/`)),
  ];
  const migration = await migrationOf({ ...change, directory, after });
  if (migration === undefined) return merged;
  const existing = readdirSync(join(directory, MIGRATIONS));
  const folder = `${MIGRATIONS}/${migrationFolder(existing, migration.name, new Date())}`;
  const scripts = { 'migration.sql': migration.migration, 'down.sql': migration.down };
  const files = Object.entries(scripts).map(([name, text]) => ({
    path: `${folder}/${name}`,
    contents: Buffer.from(text),
  }));
  return { ...merged, files: [...merged.files, ...files] };
}

function filesIn(directory: string, folder: string): RenderedFile[] {
  return pathsIn(directory, folder).map((path) => ({
    path,
    contents: readFileSync(join(directory, path)),
  }));
}

/** The paths of sources and tests. */
function sourcePaths(directory: string): string[] {
  const folders = ['src', 'tests'].filter((folder) => existsSync(join(directory, folder)));
  return folders.flatMap((folder) => pathsIn(directory, folder));
}

/** The paths of all files in a folder of the service, with forward slashes. */
function pathsIn(directory: string, folder: string): string[] {
  return readdirSync(join(directory, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
}
