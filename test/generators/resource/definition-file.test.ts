import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import {
  committedDefinition,
  parseDefinition,
  readDefinitions,
  storedDefinition,
} from '../../../generators/resource/definition-file.ts';
import { defineResource } from '../../support/define-resource.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';

const book = defineResource('book', ['title:string(200)', 'pages:int?', 'unique(title,pages)']);
const stored = `${storedDefinition(book)}\n`;

/** A folder with a definition in a repository. */
function committed(): string {
  const folder = temporaryFolder();
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', ...args], {
      cwd: folder,
    });
  writeFiles(folder, { 'resources/book.json': stored });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'Work');
  return folder;
}

describe('the file of a definition', () => {
  it('holds all that was typed, in the order in which it was', () => {
    expect(stored).toBe(
      '{\n  "fields": {\n    "title": "string(200)",\n    "pages": "int?"\n  },\n  "unique": ["title,pages"]\n}\n',
    );
  });

  it('keeps a plural', () => {
    const news = { ...defineResource('news', ['title:text']), plural: 'news' };
    expect(parseDefinition('news', storedDefinition(news))).toEqual({ definition: news });
  });

  it.each([
    ['{', 'resources/book.json: invalid JSON'],
    ['[]', 'resources/book.json: expected an object'],
    ['{}', 'resources/book.json: no "fields"'],
    ['{ "fields": {}, "fileds": {} }', 'resources/book.json: unknown member "fileds"'],
    ['{ "fields": { "id": "int" } }', 'resources/book.json: id:int (column 1): every resource'],
  ])('is refused when it holds %s', (contents, problem) => {
    expect(parseDefinition('book', contents)).toEqual({
      problems: [expect.stringContaining(problem)],
    });
  });

  it('is read with the others of its service', () => {
    const folder = temporaryFolder();
    expect([...readDefinitions(folder)]).toEqual([]);
    writeFiles(folder, { 'resources/book.json': stored, 'resources/notes.md': 'mine' });
    expect([...readDefinitions(folder)]).toEqual([['book', { definition: book }]]);
  });
});

describe('committedDefinition', () => {
  it('is what was committed before the file was edited', async () => {
    const folder = committed();
    writeFiles(folder, { 'resources/book.json': '{ "fields": { "title": "text" } }' });
    expect(await committedDefinition(folder, 'book')).toEqual({ definition: book });
  });

  it('is nothing when only the line ends differ, or nothing was committed', async () => {
    const folder = committed();
    writeFiles(folder, { 'resources/book.json': stored.replaceAll('\n', '\r\n') });
    expect(await committedDefinition(folder, 'book')).toBeUndefined();
    writeFiles(folder, { 'resources/loan.json': stored });
    expect(await committedDefinition(folder, 'loan')).toBeUndefined();
    expect(await committedDefinition(temporaryFolder(), 'book')).toBeUndefined();
  });
});
