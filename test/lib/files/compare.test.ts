import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareWithDisk } from '../../../lib/files/compare.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';

const NONE = { missing: [], differing: [], blocked: [], identical: [] };

function compare(folder: string, paths: string[]) {
  const files = paths.map((path) => ({ path, contents: Buffer.from('rendered') }));
  return Object.fromEntries(
    Object.entries(compareWithDisk(files, folder)).map(([state, found]) => [
      state,
      (found as typeof files).map(({ path }) => path),
    ]),
  );
}

describe('compareWithDisk', () => {
  it('finds everything missing in a folder that is not there', () => {
    const folder = join(temporaryFolder(), 'nowhere');
    expect(compare(folder, ['a', 'b/c'])).toEqual({ ...NONE, missing: ['a', 'b/c'] });
  });

  it('tells identical from differing files', () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'a/same': 'rendered', 'a/other': 'mine' });
    expect(compare(folder, ['a/same', 'a/other', 'a/new'])).toEqual({
      ...NONE,
      missing: ['a/new'],
      differing: ['a/other'],
      identical: ['a/same'],
    });
  });

  it('finds folders where files belong, and files where folders belong', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'a'));
    writeFiles(folder, { b: '' });
    expect(compare(folder, ['a', 'b/c/d'])).toEqual({ ...NONE, blocked: ['a', 'b/c/d'] });
  });

  it.skipIf(process.platform === 'win32')('follows no link', () => {
    const folder = temporaryFolder();
    symlinkSync('nowhere', join(folder, 'a'));
    expect(compare(folder, ['a'])).toEqual({ ...NONE, blocked: ['a'] });
  });
});
