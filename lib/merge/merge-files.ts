import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import type { Basis } from '../files/plan.ts';
import type { RenderedFile } from '../files/render-folder.ts';
import { ScratchRepository } from './scratch-repository.ts';

/** A file that cannot be merged without a decision. */
export interface Conflict {
  readonly path: string;
  /** In one line. */
  readonly reason: string;
  /** Whether it is to be removed, but was changed or renamed. */
  readonly isRemoval: boolean;
  /** The change that could not be made, as a unified diff. */
  readonly change: string;
}

type FoundConflict = Omit<Conflict, 'change'>;

/** What a merge changes in a directory. */
export interface Merged {
  /** New and changed files. */
  readonly files: readonly RenderedFile[];
  readonly removed: readonly string[];
  readonly conflicts: readonly Conflict[];
  /** What the changed and the removed files held when they were merged. */
  readonly basis: Basis;
}

/** Merges three texts of one file by what it consists of; undefined where they conflict. */
export type MergeText = (base: string, ours: string, theirs: string) => string | undefined;

/** What is particular to the files of a service. */
export interface MergeOptions {
  /** Formats a rendered file as the directory's own are formatted. */
  readonly format: (file: RenderedFile) => Promise<RenderedFile>;
  /** How a file is merged other than by lines. */
  readonly mergeTextOf: (path: string) => MergeText | undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  'CONFLICT (contents)': 'the same lines were changed in another way',
  'CONFLICT (modify/delete)': 'it was changed here, and is to be removed',
  'CONFLICT (rename/delete)': 'it was renamed here, and is to be removed',
  'CONFLICT (file/directory)': 'a directory of this name exists',
};

/**
 * Merges the difference between two renderings into a directory by git, which follows files and
 * folders that were renamed there. Writes nothing.
 *
 * @param base what the directory was rendered from
 * @param theirs what it is to become
 * @throws {GeneratorError} when there is no git that can merge trees
 */
export async function mergeFiles(
  directory: string,
  base: readonly RenderedFile[],
  theirs: readonly RenderedFile[],
  { format, mergeTextOf }: MergeOptions,
): Promise<Merged> {
  const [old, next] = await formatted(base, theirs, format);
  const byText = [...next].flatMap(([path, { contents }]) => {
    const before = old.get(path);
    const merge = mergeTextOf(path);
    const present = join(directory, path);
    if (!before || !merge || before.contents.equals(contents) || !existsSync(present)) return [];
    const ours = readFileSync(present);
    const texts = [before.contents, ours, contents].map(String);
    return [{ path, ours, merged: mergeTexts(merge, texts) }];
  });
  const wanted = new Map(next);
  const changeOf = ({ path }: FoundConflict) => changeText(path, old.get(path), wanted.get(path));
  // These are merged already, so that git has nothing to do with them.
  for (const { path } of byText) next.set(path, old.get(path) ?? { path, contents: Buffer.of() });
  const merged = await mergeByGit(directory, [...old.values()], [...next.values()]);
  return {
    files: [
      ...merged.files,
      ...byText.flatMap(({ path, merged: text }) =>
        text === undefined ? [] : [{ path, contents: Buffer.from(text) }],
      ),
    ],
    removed: merged.removed,
    basis: new Map([...merged.basis, ...byText.map(({ path, ours }) => [path, ours] as const)]),
    conflicts: [
      ...merged.conflicts,
      ...byText
        .filter((each) => each.merged === undefined)
        .map(({ path }) => ({ path, ...explained('CONFLICT (contents)') })),
    ].map((conflict) => ({ ...conflict, change: changeOf(conflict) })),
  };
}

function changeText(path: string, before?: RenderedFile, after?: RenderedFile): string {
  const [old = '', next = ''] = [before, after].map((file) => file?.contents.toString());
  return createTwoFilesPatch(path, path, old, next, 'before', 'after', { context: 1 });
}

type FilesByPath = Map<string, RenderedFile>;

/** Both renderings by path; the files that differ are formatted. */
async function formatted(
  base: readonly RenderedFile[],
  theirs: readonly RenderedFile[],
  format: MergeOptions['format'],
): Promise<[FilesByPath, FilesByPath]> {
  const [old, next] = [byPath(base), byPath(theirs)];
  const isSame = ({ path }: RenderedFile) => {
    const [before, after] = [old.get(path), next.get(path)];
    return before !== undefined && after !== undefined && before.contents.equals(after.contents);
  };
  for (const files of [old, next]) {
    for (const file of [...files.values()].filter((each) => !isSame(each))) {
      files.set(file.path, await format(file));
    }
  }
  return [old, next];
}

function byPath(files: readonly RenderedFile[]): FilesByPath {
  return new Map(files.map((file) => [file.path, file]));
}

function mergeTexts(merge: MergeText, texts: readonly string[]): string | undefined {
  const [base = '', ours = '', theirs = ''] = texts.map((text) => text.replaceAll('\r\n', '\n'));
  const merged = merge(base, ours, theirs);
  return merged === undefined ? undefined : withLineEnds(merged, texts[1] ?? '');
}

async function mergeByGit(
  directory: string,
  base: readonly RenderedFile[],
  theirs: readonly RenderedFile[],
): Promise<Omit<Merged, 'conflicts'> & { conflicts: readonly FoundConflict[] }> {
  return ScratchRepository.use(async (repository) => {
    const baseCommit = await repository.commitFiles(base);
    const theirCommit = await repository.commitFiles(theirs, baseCommit);
    const ourCommit = await repository.commitDirectory(directory, baseCommit);
    const settings = ['-c', 'merge.directoryRenames=true', '-c', 'merge.renames=true'];
    const merge = ['merge-tree', '--write-tree', '-z', '--messages', ourCommit, theirCommit];
    const output = (
      await repository.git([...settings, ...merge], '', undefined, [0, 1])
    ).toString();
    const [tree = '', ...details] = output.split('\0');
    const diff = ['diff-tree', '-r', '-z', '--no-renames', '--name-status', ourCommit, tree];
    const changes = pairs((await repository.text(diff)).split('\0'));
    const files = changes
      .filter(([status]) => status !== 'D')
      .map(async ([, path]) => {
        const contents = await repository.contents(tree, path);
        return { path, contents: withLineEndsOf(join(directory, path), contents) };
      });
    const basis = changes
      .filter(([status]) => status !== 'A')
      .map(async ([, path]) => [path, await repository.contents(ourCommit, path)] as const);
    return {
      files: await Promise.all(files),
      basis: new Map(await Promise.all(basis)),
      removed: changes.filter(([status]) => status === 'D').map(([, path]) => path),
      conflicts: conflictsIn(details, new Set(theirs.map(({ path }) => path))),
    };
  });
}

function pairs(values: readonly string[]): (readonly [string, string])[] {
  return values.flatMap((value, index) => {
    const next = values[index + 1];
    return index % 2 === 0 && next !== undefined ? [[value, next] as const] : [];
  });
}

/**
 * The conflicts in what `git merge-tree -z --messages` prints after the tree.
 *
 * @param changed the paths that are not to be removed
 */
function conflictsIn(details: readonly string[], changed: ReadonlySet<string>): FoundConflict[] {
  const conflicts = new Map<string, Omit<FoundConflict, 'path'>>();
  let index = details.indexOf('') + 1;
  while (index > 0 && index < details.length - 1) {
    const count = Number(details[index]);
    const [path = ''] = details.slice(index + 1, index + 1 + count);
    const type = details[index + 1 + count] ?? '';
    if (type.startsWith('CONFLICT') && !conflicts.has(path)) conflicts.set(path, explained(type));
    index += count + 3;
  }
  return [...conflicts].map(([path, conflict]) =>
    conflict.isRemoval && changed.has(path)
      ? { path, reason: 'it was removed or renamed here, and is to be changed', isRemoval: false }
      : { path, ...conflict },
  );
}

function explained(type: string): Omit<FoundConflict, 'path'> {
  const reason = REASONS[type] ?? type.replace(/^CONFLICT \((.*)\)$/, '$1');
  return { reason, isRemoval: type.includes('/delete') };
}

function withLineEndsOf(file: string, contents: Buffer): Buffer {
  if (!existsSync(file) || contents.includes(0)) return contents;
  return Buffer.from(withLineEnds(contents.toString(), readFileSync(file, 'utf8')));
}

/** A text with line feeds, with the line ends of another. */
function withLineEnds(text: string, model: string): string {
  return model.includes('\r\n') ? text.replace(/\r?\n/g, '\r\n') : text;
}
