import { describe, expect, it } from 'vitest';
import { parseDefinition, storedDefinition } from '../../../generators/resource/definition-file.ts';
import { options } from '../../../generators/resource/options.ts';
import { requestedChange } from '../../../generators/resource/requested-change.ts';
import { valuesOf } from '../../../lib/options/resolve.ts';
import { defineResource } from '../../support/define-resource.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';

const author = defineResource('author', ['name:string(100)']);
const book = defineResource('book', [
  'title:string(200)',
  'pages:int?',
  'author:references(author)',
  'unique(title,author)',
]);
const stored = new Map([author, book].map((definition) => [definition.name, { definition }]));

/** What each resource looks like afterwards, by name. */
async function after(typed: Readonly<Record<string, unknown>>, committed?: string) {
  const values = valuesOf(options, new Map(Object.entries(typed)));
  const change = await requestedChange(stored, values, (name) =>
    Promise.resolve(committed === undefined ? undefined : parseDefinition(name, committed)),
  );
  return Object.fromEntries(
    change.newResources.map((each): [string, unknown] => [
      each.name,
      JSON.parse(storedDefinition(each)),
    ]),
  );
}

const unchanged = await after({ name: 'author', fields: ['name:string(100)'] });

describe('requestedChange', () => {
  it('adds a resource, and leaves the others as they are', async () => {
    expect(await after({ name: 'loan', fields: ['book:references(book)', 'day:date'] })).toEqual({
      ...unchanged,
      loan: { fields: { book: 'references(book)', day: 'date' } },
    });
  });

  it('replaces the fields of a resource', async () => {
    const { author: changed } = await after({ name: 'author', fields: ['name:text'] });
    expect(changed).toEqual({ fields: { name: 'text' } });
  });

  it('adds, drops and renames fields in one run', async () => {
    const typed = {
      name: 'book',
      add: ['subtitle:string(100)?', 'unique(heading,subtitle)'],
      drop: 'pages',
      rename: 'title=heading',
    };
    expect((await after(typed))['book']).toEqual({
      fields: {
        heading: 'string(200)',
        author: 'references(author)',
        subtitle: 'string(100)?',
      },
      unique: ['heading,author', 'heading,subtitle'],
    });
  });

  it('drops what was unique together with a dropped field', async () => {
    expect((await after({ name: 'book', drop: 'title' }))['book']).toEqual({
      fields: { pages: 'int?', author: 'references(author)' },
    });
  });

  it('compares an edited definition with the committed one', async () => {
    const typed = { name: 'author' };
    expect(await after(typed, '{ "fields": { "name": "text" } }')).toEqual(unchanged);
    await expect(after(typed)).rejects.toThrow('resources/author.json is as it was committed');
  });

  it('removes a resource', async () => {
    expect(Object.keys(await after({ name: 'book', remove: true }))).toEqual(['author']);
  });

  it('reads several resources from a file, as they are typed or stored', async () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'library.yml': [
        'loan:',
        '  - day:date',
        '  - book:references(book)',
        'shelf:',
        '  fields:',
        '    name: string(10)',
        '',
      ].join('\n'),
    });
    expect(await after({ from: `${folder}/library.yml` })).toEqual({
      ...unchanged,
      loan: { fields: { day: 'date', book: 'references(book)' } },
      shelf: { fields: { name: 'string(10)' } },
    });
  });

  it.each([
    [{}, 'No name: expected resource <name> <fields...>.'],
    [{ name: 'loan' }, 'There is no resource "loan", and no fields to create it with.'],
    [{ name: 'bok', remove: true }, 'There is no resource "bok". Did you mean "book"?'],
    [
      { name: 'author', remove: true },
      'book refers to author: remove book or its reference first.',
    ],
    [{ name: 'book', drop: 'pagse' }, 'book has no field "pagse". Did you mean "pages"?'],
    [
      { name: 'book', rename: 'pages' },
      '--rename pages: expected old=new, such as pages=page_count.',
    ],
    [{ name: 'book', drop: 'pages', remove: true }, 'exclude one another'],
    [{ name: 'book', force: true, drop: 'pages' }, '--force belongs to --remove.'],
    [{ name: 'book', from: 'x.yml' }, '--from takes all resources from its file'],
    [
      { name: 'loan', fields: ['day:dat', 'id:int'] },
      /day:dat \(column 5\).*\n.*id:int \(column 1\)/,
    ],
    [{ from: 'missing.yml' }, 'missing.yml: cannot be read'],
  ])('refuses %j', async (typed, message) => {
    await expect(after(typed)).rejects.toMatchObject({ code: 2 });
    await expect(after(typed)).rejects.toThrow(message);
  });
});
