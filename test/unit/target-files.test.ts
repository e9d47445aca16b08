import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compareWithDisk } from '../../generators/app/target-files.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { writeFiles } from '../support/write-files.ts';

function compare(folder: string, paths: string[]) {
  const files = paths.map((path) => ({ path, contents: Buffer.from('rendered') }));
  const { missing, differing } = compareWithDisk(files, folder);
  return { missing: missing.map(({ path }) => path), differing };
}

describe('compareWithDisk', () => {
  it('finds everything missing in a folder that is not there', () => {
    const folder = join(temporaryFolder(), 'nowhere');
    expect(compare(folder, ['a', 'b/c'])).toEqual({ missing: ['a', 'b/c'], differing: [] });
  });

  it('leaves identical files alone', () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'a/same': 'rendered', 'a/other': 'mine' });
    expect(compare(folder, ['a/same', 'a/other', 'a/new'])).toEqual({
      missing: ['a/new'],
      differing: ['a/other'],
    });
  });

  it('finds folders where files belong, and files where folders belong', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'a'));
    writeFiles(folder, { b: '' });
    expect(compare(folder, ['a', 'b/c/d'])).toEqual({ missing: [], differing: ['a', 'b/c/d'] });
  });

  it.skipIf(process.platform === 'win32')('does not follow a link that leads nowhere', () => {
    const folder = temporaryFolder();
    symlinkSync('nowhere', join(folder, 'a'));
    expect(compare(folder, ['a'])).toEqual({ missing: [], differing: ['a'] });
  });
});
