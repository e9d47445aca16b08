import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import type { RenderedFile } from '../../../lib/files/render-folder.ts';
import { mergeFiles } from '../../../lib/merge/merge-files.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';

const lines = (...changed: readonly (readonly [number, string])[]) =>
  Array.from({ length: 12 }, (_, index) => new Map(changed).get(index) ?? `line ${index}`).join(
    '\n',
  ) + '\n';

function rendered(files: Readonly<Record<string, string>>): RenderedFile[] {
  return Object.entries(files).map(([path, text]) => ({ path, contents: Buffer.from(text) }));
}

const base = {
  'src/a.ts': lines(),
  'src/b.ts': 'b\n',
  'src/domain/c.ts': lines([0, 'c']),
  'x.txt': 'x\n',
};

const withoutB = Object.fromEntries(Object.entries(base).filter(([path]) => path !== 'src/b.ts'));

/** Merges the change from `base` to `theirs` into a directory with the files. */
async function merge(
  directory: string,
  theirs: Readonly<Record<string, string>>,
  format = (file: RenderedFile) => Promise.resolve(file),
) {
  const merged = await mergeFiles(directory, rendered(base), rendered(theirs), {
    format,
    mergeTextOf: () => undefined,
  });
  return {
    files: Object.fromEntries(
      merged.files.map(({ path, contents }) => [path, contents.toString()]),
    ),
    removed: merged.removed,
    conflicts: merged.conflicts.map(({ path, kind }) => [path, kind === 'removal']),
  };
}

function directoryWith(files: Readonly<Record<string, string>> = base): string {
  const directory = temporaryFolder();
  writeFiles(directory, files);
  return directory;
}

const nothing = { files: {}, removed: [], conflicts: [] };

describe('mergeFiles', () => {
  it('changes nothing when nothing changes, whatever the user did', async () => {
    const directory = directoryWith({ 'src/a.ts': 'mine', 'y.txt': 'mine' });
    expect(await merge(directory, base)).toEqual(nothing);
  });

  it('adds, changes and removes files', async () => {
    const theirs = { ...withoutB, 'src/a.ts': lines([3, 'theirs']), 'src/new.ts': 'new\n' };
    expect(await merge(directoryWith(), theirs)).toEqual({
      files: { 'src/a.ts': lines([3, 'theirs']), 'src/new.ts': 'new\n' },
      removed: ['src/b.ts'],
      conflicts: [],
    });
  });

  it('keeps what the user changed in the same file', async () => {
    const directory = directoryWith({ ...base, 'src/a.ts': lines([9, 'mine']) });
    const { files } = await merge(directory, { ...base, 'src/a.ts': lines([2, 'theirs']) });
    expect(files).toEqual({ 'src/a.ts': lines([2, 'theirs'], [9, 'mine']) });
  });

  it('follows a file and a folder that the user moved', async () => {
    const directory = directoryWith();
    mkdirSync(join(directory, 'lib'));
    renameSync(join(directory, 'src', 'a.ts'), join(directory, 'lib', 'renamed.ts'));
    renameSync(join(directory, 'src', 'domain'), join(directory, 'core'));
    const theirs = {
      ...{ ...base, 'src/a.ts': lines([3, 'theirs']) },
      'src/domain/new.ts': 'new\n',
    };
    expect((await merge(directory, theirs)).files).toEqual({
      'core/new.ts': 'new\n',
      'lib/renamed.ts': lines([3, 'theirs']),
    });
  });

  it('keeps the line ends of a file', async () => {
    const crlf = (text: string) => text.replaceAll('\n', '\r\n');
    const directory = directoryWith({
      ...base,
      '.gitattributes': '* text=auto\n',
      'src/a.ts': crlf(lines()),
    });
    const { files } = await merge(directory, { ...base, 'src/a.ts': lines([3, 'theirs']) });
    expect(files).toEqual({ 'src/a.ts': crlf(lines([3, 'theirs'])) });
  });

  it('does not take a difference in format for a change of the user', async () => {
    const spaced = (text: string) => text.replaceAll('line', '  line');
    const directory = directoryWith({ ...base, 'src/a.ts': spaced(lines([9, 'mine'])) });
    const format = ({ path, contents }: RenderedFile) =>
      Promise.resolve({ path, contents: Buffer.from(spaced(contents.toString())) });
    const { files } = await merge(directory, { ...base, 'src/a.ts': lines([2, 'theirs']) }, format);
    expect(files).toEqual({ 'src/a.ts': spaced(lines([2, 'theirs'], [9, 'mine'])) });
  });

  it('names files that both changed, and those that are to be removed but were changed', async () => {
    const directory = directoryWith({
      ...base,
      'src/a.ts': lines([3, 'mine']),
      'src/b.ts': 'mine\n',
      'src/new.ts': 'mine\n',
    });
    const theirs = { ...withoutB, 'src/a.ts': lines([3, 'theirs']), 'src/new.ts': 'theirs\n' };
    const { conflicts } = await merge(directory, theirs);
    expect(Object.fromEntries(conflicts)).toEqual({
      'src/a.ts': false,
      'src/b.ts': true,
      'src/new.ts': false,
    });
  });

  it('names a file that is to be changed but was removed', async () => {
    const directory = directoryWith(withoutB);
    expect(await merge(directory, { ...base, 'src/b.ts': 'theirs\n' })).toEqual({
      ...nothing,
      files: expect.anything(),
      conflicts: [['src/b.ts', false]],
    });
  });

  it('shows the change that could not be made', async () => {
    const directory = directoryWith({ ...base, 'src/a.ts': lines([3, 'mine']) });
    const theirs = rendered({ ...base, 'src/a.ts': lines([3, 'theirs']) });
    const { conflicts } = await mergeFiles(directory, rendered(base), theirs, {
      format: (file) => Promise.resolve(file),
      mergeTextOf: () => undefined,
    });
    expect(conflicts.map(({ change }) => change)).toEqual([
      expect.stringContaining(' line 2\n-line 3\n+theirs\n line 4\n'),
    ]);
  });

  it('is not misled by the repository and the settings of the user', async () => {
    const directory = directoryWith({
      ...base,
      '.gitignore': 'secret\n',
      secret: 'mine',
      'node_modules/p/x.js': '',
    });
    const git = (...args: string[]) => execFileSync('git', args, { cwd: directory });
    git('init', '--quiet');
    git('config', 'merge.renames', 'false');
    git('config', 'core.autocrlf', 'true');
    git('config', 'commit.gpgsign', 'true');
    writeFiles(directory, { '.git/hooks/pre-commit': 'exit 1' });
    const before = readdirSync(join(directory, '.git'), { recursive: true });
    renameSync(join(directory, 'src', 'a.ts'), join(directory, 'a.ts'));

    expect((await merge(directory, { ...base, 'src/a.ts': lines([3, 'theirs']) })).files).toEqual({
      'a.ts': lines([3, 'theirs']),
    });
    expect(readdirSync(join(directory, '.git'), { recursive: true })).toEqual(before);
  });

  it('leaves no temporary folder', async () => {
    const scratch = () =>
      readdirSync(tmpdir()).filter((name) => name.startsWith('clean-flask-ts-merge-'));
    const before = scratch();
    await merge(directoryWith(), base);
    expect(scratch()).toEqual(before);
  });

  it('adds a file that the user has with the same contents', async () => {
    const directory = directoryWith({ ...base, 'src/new.ts': 'new\n' });
    rmSync(join(directory, 'x.txt'));
    expect(await merge(directory, { ...base, 'src/new.ts': 'new\n' })).toEqual(nothing);
  });
});
