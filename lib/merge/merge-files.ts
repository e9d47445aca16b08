import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import type { Basis } from '../files/plan.ts';
import type { RenderedFile } from '../files/render-folder.ts';
import { ScratchRepository } from './scratch-repository.ts';

/**
 * What conflicts: lines that both changed, a file to be removed that was changed or renamed here, or
 * one to be changed that was removed here.
 */
export type ConflictKind = 'contents' | 'removal' | 'removed-here';

/** A file that cannot be merged without a decision. */
export interface Conflict {
  readonly path: string;
  /** In one line. */
  readonly reason: string;
  readonly kind: ConflictKind;
  /** The change that could not be made, as a unified diff. */
  readonly change: string;
}

type FoundConflict = Omit<Conflict, 'change'>;

/** What a merge changes in a directory. */
export interface Merged {
  /** New and changed files; those with conflicts as git shows them. */
  readonly files: readonly RenderedFile[];
  readonly removed: readonly string[];
  readonly conflicts: readonly Conflict[];
  /** Whether files with conflicts are written, for the user to resolve. */
  readonly leavesConflicts?: boolean;
  /** What the changed and the removed files held when they were merged. */
  readonly basis: Basis;
}

/** Merges three texts of one file by what it consists of; undefined where they conflict. */
export type MergeText = (
  base: string,
  ours: string,
  theirs: string,
) => string | undefined | Promise<string | undefined>;

/** What is particular to the files of a service. */
export interface MergeOptions {
  /** Formats a rendered file as the directory's own are formatted. */
  readonly format: (file: RenderedFile) => Promise<RenderedFile>;
  /** How a file is merged other than by lines. */
  readonly mergeTextOf: (path: string) => MergeText | undefined;
  /** The files of the directory; without them all that are not ignored. */
  readonly ours?: readonly RenderedFile[];
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
  options: MergeOptions,
): Promise<Merged> {
  const [old, next] = await formatted(base, theirs, options.format);
  const byText = await mergeByText(directory, old, next, options);
  const wanted = new Map(next);
  // These are merged already, so that git has nothing to do with them; it shows what conflicts.
  for (const { path, merged } of byText) {
    if (merged !== undefined) next.set(path, old.get(path) ?? { path, contents: Buffer.of() });
  }
  const merged = await mergeByGit(directory, [...old.values()], [...next.values()], options.ours);
  const conflicts = [
    ...merged.conflicts,
    ...byText
      .filter((each) => each.merged === undefined)
      .map(({ path }) => ({ path, ...explained('CONFLICT (contents)') }))
      .filter(({ path }) => !merged.conflicts.some((conflict) => conflict.path === path)),
  ];
  return {
    files: [
      ...merged.files,
      ...byText.flatMap(({ path, merged: text }) =>
        text === undefined ? [] : [{ path, contents: Buffer.from(text) }],
      ),
    ],
    removed: merged.removed,
    basis: new Map([...merged.basis, ...byText.map(({ path, ours }) => [path, ours] as const)]),
    conflicts: conflicts.map((conflict) => {
      const { path } = conflict;
      return { ...conflict, change: changeText(path, old.get(path), wanted.get(path)) };
    }),
  };
}

/** The files that are merged by what they consist of. */
async function mergeByText(
  directory: string,
  old: FilesByPath,
  next: FilesByPath,
  { mergeTextOf, ours: given }: MergeOptions,
) {
  const present = given && byPath(given);
  const oursOf = (path: string) => {
    if (present) return present.get(path)?.contents;
    const file = join(directory, path);
    return existsSync(file) ? readFileSync(file) : undefined;
  };
  const merged = [...next].map(async ([path, { contents }]) => {
    const before = old.get(path);
    const merge = mergeTextOf(path);
    const ours = oursOf(path);
    if (!before || !merge || !ours || before.contents.equals(contents)) return [];
    const texts = [before.contents, ours, contents].map(String);
    const text = await mergeTexts(merge, texts);
    const lineEnds = text === undefined ? undefined : withLineEndsOf(join(directory, path), text);
    return [{ path, ours, merged: lineEnds }];
  });
  return (await Promise.all(merged)).flat();
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

async function mergeTexts(merge: MergeText, texts: readonly string[]): Promise<string | undefined> {
  const [base = '', ours = '', theirs = ''] = texts.map((text) => text.replaceAll('\r\n', '\n'));
  return merge(base, ours, theirs);
}

async function mergeByGit(
  directory: string,
  base: readonly RenderedFile[],
  theirs: readonly RenderedFile[],
  ours: readonly RenderedFile[] | undefined,
): Promise<Omit<Merged, 'conflicts'> & { conflicts: readonly FoundConflict[] }> {
  return ScratchRepository.use(async (repository) => {
    const baseCommit = await repository.commitFiles('base', base);
    await repository.commitFiles('theirs', theirs, baseCommit);
    const ourCommit = ours
      ? await repository.commitFiles('yours', ours, baseCommit)
      : await repository.commitDirectory('yours', directory, baseCommit);
    const settings = ['-c', 'merge.directoryRenames=true', '-c', 'merge.renames=true'];
    // The names are those of the sides in conflict markers.
    const merge = ['merge-tree', '--write-tree', '-z', '--messages', 'yours', 'theirs'];
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
        if (contents.includes(0)) return { path, contents };
        const text = withLineEndsOf(join(directory, path), contents.toString());
        return { path, contents: Buffer.from(text) };
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
    conflict.kind === 'removal' && changed.has(path)
      ? {
          path,
          reason: 'it was removed or renamed here, and is to be changed',
          kind: 'removed-here',
        }
      : { path, ...conflict },
  );
}

function explained(type: string): Omit<FoundConflict, 'path'> {
  const reason = REASONS[type] ?? type.replace(/^CONFLICT \((.*)\)$/, '$1');
  return { reason, kind: type.includes('/delete') ? 'removal' : 'contents' };
}

/** A text with the line ends that a file has, if it exists. */
function withLineEndsOf(file: string, text: string): string {
  const hasCrlf = existsSync(file) && readFileSync(file, 'utf8').includes('\r\n');
  return hasCrlf ? text.replace(/\r?\n/g, '\r\n') : text;
}
