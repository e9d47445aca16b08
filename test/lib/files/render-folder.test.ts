import { describe, expect, it } from 'vitest';
import { renderFolder } from '../../../lib/files/render-folder.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';

function render(files: Record<string, string | Buffer>, view: object = {}) {
  const folder = temporaryFolder();
  writeFiles(folder, files);
  return renderFolder(folder, view).map(({ path, contents }) => [path, contents.toString()]);
}

describe('renderFolder', () => {
  it('renders .ejs and copies the rest', () => {
    expect(
      render({ 'a.txt.ejs': '<%- word %>!', 'b.txt': '<%- word %>!' }, { word: 'yes' }),
    ).toEqual([
      ['a.txt', 'yes!'],
      ['b.txt', '<%- word %>!'],
    ]);
  });

  it('escapes nothing', () => {
    expect(render({ 'a.ejs': `<%= text %> <%- text %>` }, { text: `<'&">` })).toEqual([
      ['a', `<'&"> <'&">`],
    ]);
  });

  it('makes dot files and puts values into paths', () => {
    const files = { '_dot_github/_dot_x.yml': '', 'src/__kebab__/prisma-__kebab__.ts.ejs': '' };
    expect(render(files, { kebab: 'a-b' }).map(([path]) => path)).toEqual([
      '.github/.x.yml',
      'src/a-b/prisma-a-b.ts',
    ]);
  });

  it.each([[{}], [{ kebab: 1 }], [{ kebab: '../up' }], [{ kebab: 'a/b' }], [{ kebab: '' }]])(
    'refuses %j for a path',
    (view) => {
      expect(() => render({ '__kebab__.ts': '' }, view)).toThrow(
        '__kebab__.ts: the view has no kebab that is valid in a path',
      );
    },
  );

  it('fails on a name that the view lacks, and says where', () => {
    expect(() => render({ 'a.ejs': '1\n<%- nothing %>' })).toThrow(
      /a\.ejs:2[^]*nothing is not defined/,
    );
  });

  it('lets a template make no variables of the whole program', () => {
    expect(() => render({ 'a.ejs': '<% leaked = 1 %>' })).toThrow('leaked is not defined');
  });

  it('walks in the order of the names', () => {
    const files = { 'b/z': '', 'b/a': '', c: '', B: '', a: '' };
    expect(render(files).map(([path]) => path)).toEqual(['B', 'a', 'b/a', 'b/z', 'c']);
  });

  it('ends lines in LF, in text only', () => {
    const binary = Buffer.from('a\r\n\0');
    expect(render({ 'a.ejs': '1\r\n2', b: '1\r\n2', c: binary })).toEqual([
      ['a', '1\n2'],
      ['b', '1\n2'],
      ['c', binary.toString()],
    ]);
  });
});
