import type { RenderedFile } from '../../lib/files/render-folder.ts';
import { migrationFolder } from '../resource/migration/migration-folder.ts';
import type { Base } from './base.ts';

const MIGRATION = /^(prisma\/migrations\/)(\d+_)([^/]+)(\/.+)$/;

/**
 * Leaves the migrations of a service as they are, and adds those that new templates bring behind its
 * last one.
 *
 * @returns the base and the new rendering, to be merged
 */
export function withLaterMigrations(
  base: Base,
  theirs: readonly RenderedFile[],
  ours: readonly RenderedFile[],
): [RenderedFile[], RenderedFile[]] {
  const known = new Set(base.files.map(folderOf));
  const folders = new Map<string, string>();
  const existing = ours.map(folderOf).filter((folder) => folder !== '');
  // Without a base it is unknown which migrations are new.
  const added = base.isUnknown ? [] : theirs.filter((file) => !known.has(folderOf(file)));
  const later = added.flatMap((file) => {
    const [, root = '', , name = '', rest = ''] = MIGRATION.exec(file.path) ?? [];
    if (name === '') return [];
    const folder = folders.get(folderOf(file)) ?? migrationFolder(existing, name, new Date());
    folders.set(folderOf(file), folder);
    existing.push(folder);
    return [{ ...file, path: `${root}${folder}${rest}` }];
  });
  const others = (files: readonly RenderedFile[]) => files.filter((file) => folderOf(file) === '');
  return [others(base.files), [...others(theirs), ...later]];
}

function folderOf({ path }: RenderedFile): string {
  const [, , time = '', name = ''] = MIGRATION.exec(path) ?? [];
  return `${time}${name}`;
}
