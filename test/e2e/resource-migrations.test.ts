import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderService } from '../../generators/app/render-service.ts';
import type { ResourceDefinition } from '../../generators/resource/definition.ts';
import { changeProblems } from '../../generators/resource/migration/change-problems.ts';
import { type Migration, migrationOf } from '../../generators/resource/migration/migration.ts';
import type { DefinitionChange } from '../../generators/resource/migration/schema-change.ts';
import type { RenderedFile } from '../../lib/files/render-folder.ts';
import { defineResource } from '../support/define-resource.ts';
import { makeInstalledService } from '../support/installed-service.ts';
import { serviceAnswers } from '../support/rendered.ts';

interface Case {
  readonly title: string;
  /** The fields of the book before and after. */
  readonly old: readonly string[];
  readonly new: readonly string[];
  /** Renamed fields of the book. */
  readonly renames?: Readonly<Record<string, string>>;
  /** The columns of the only book and their values, in SQL. */
  readonly row: Readonly<Record<string, string>>;
  /** The book after the migration. */
  readonly migrated: Readonly<Record<string, unknown>>;
  /** What its columns are after the rollback, where that differs from what they were. */
  readonly restored?: Readonly<Record<string, unknown>>;
  /** Whether the book is deleted before the rollback. */
  readonly emptied?: boolean;
  readonly name: string;
}

const cases: Case[] = [
  {
    title: 'an optional field is added',
    old: ['title:string(200)'],
    new: ['title:string(200)', 'subtitle:string(2..100)? unique'],
    row: { title: "'Emma'" },
    migrated: { title: 'Emma', subtitle: null },
    name: 'add_subtitle_to_book',
  },
  {
    title: 'required fields with defaults are added',
    old: ['title:string(200)'],
    new: [
      ...['title:string(200)', 'rating:int(1..5)=3', "note:text=it's", 'status:enum(a|b)=b'],
      ...[
        'seen:datetime=2024-01-01T00:00:00Z',
        'tags:string(9)[]?',
        'meta:json?',
        'at:time=09:00:00',
      ],
    ],
    row: { title: "'Emma'" },
    migrated: {
      ...{ title: 'Emma', rating: 3, note: "it's", status: 'b', at: '09:00:00' },
      ...{ seen: new Date('2024-01-01T00:00:00Z'), tags: [], meta: {} },
    },
    name: 'add_rating_note_status_seen_tags_meta_and_at_to_book',
  },
  {
    title: 'fields with all that belongs to them are dropped',
    old: [
      ...['title:string(200)', 'pages:int(1..)? index', 'isbn:string(3..13) unique'],
      ...['status:enum(draft|published)=draft', 'author:references(author)?'],
      'unique(title,pages)',
    ],
    new: ['title:string(200)'],
    row: { title: "'Emma'", isbn: "'123'", pages: '5' },
    migrated: { title: 'Emma' },
    // No value could be made up for a required field.
    emptied: true,
    name: 'remove_pages_isbn_status_and_author_from_book',
  },
  {
    title: 'plain fields are renamed',
    old: ['title:string(200)', 'pages:int?'],
    new: ['title:string(200)', 'page_count:int?'],
    renames: { pages: 'page_count' },
    row: { title: "'Emma'", pages: '5' },
    migrated: { title: 'Emma', page_count: 5 },
    name: 'rename_pages_to_page_count_in_book',
  },
  {
    title: 'fields of every other sort are renamed',
    old: [
      ...['code:string(3..10) unique', 'rating:int(1..5)=3', 'seen_on:date? index'],
      ...['status:enum(draft|published)=draft', 'author:references(author)?', 'kinds:enum(x|y)[]'],
      'unique(rating,code)',
    ],
    new: [
      ...['isbn:string(3..10) unique', 'stars:int(1..5)=3', 'sold_on:date? index'],
      ...['state:enum(draft|published)=draft', 'writer:references(author)?', 'sorts:enum(x|y)[]'],
      'unique(stars,isbn)',
    ],
    renames: {
      ...{ code: 'isbn', rating: 'stars', seen_on: 'sold_on', status: 'state' },
      ...{ author: 'writer', kinds: 'sorts' },
    },
    row: { code: "'123'", author_id: '1', status: "'published'", kinds: "'{y}'" },
    migrated: {
      isbn: '123',
      stars: 3,
      sold_on: null,
      state: 'published',
      writer_id: 1,
      sorts: '{y}',
    },
    name: 'change_book',
  },
  {
    title: 'a field is renamed and changed',
    old: ['pages:int(1..5)?'],
    new: ['page_count:bigint=4'],
    renames: { pages: 'page_count' },
    row: { pages: 'NULL' },
    migrated: { page_count: 4 },
    restored: { pages: 4 },
    name: 'change_book',
  },
  {
    title: 'bounds change',
    old: ['rating:int(1..5)', 'code:string(3..10)', 'weight:float(0..1)', 'pages:int'],
    new: ['rating:int(0..9)', 'code:string(2..20)', 'weight:float', 'pages:int(1..)'],
    row: { rating: '3', code: "'abc'", weight: '0.5', pages: '1' },
    migrated: { rating: 3, code: 'abc', weight: 0.5, pages: 1 },
    name: 'change_book',
  },
  {
    title: 'types change',
    old: ['a:string(200)=x', 'b:text', 'c:int=3', 'd:bigint', 'e:int', 'f:decimal(6,2)', 'g:int?'],
    new: [
      'a:string(100)=x',
      'b:string(9)',
      'c:bigint=3',
      'd:int',
      'e:float',
      'f:decimal(9,3)',
      'g:decimal(9,2)?',
    ],
    row: { b: "'x'", d: '4', e: '5', f: '1', g: '6' },
    migrated: { a: 'x', b: 'x', c: 3, d: 4, e: 5, f: '1.000', g: '6.00' },
    name: 'change_book',
  },
  {
    title: 'lists change',
    old: ['a:string(20)[]', 'b:int[]', 'c:enum(x|y)[]', 'd:decimal(5,2)[]'],
    new: ['a:string(30)[]?', 'b:bigint[]', 'c:enum(y)[]', 'd:decimal(9,2)[]'],
    row: { a: "'{x}'", b: "'{1}'", c: "'{y}'", d: "'{1.25}'" },
    migrated: { a: ['x'], b: [1], c: '{y}', d: ['1.25'] },
    name: 'change_book',
  },
  {
    title: 'optional fields become required, and required ones optional',
    old: ['a:string(9)?', 'b:int?', 'c:enum(x|y)?', 'd:int', 'e:text?', 'f:json'],
    new: ["a:string(9)=it's", 'b:int(1..)', 'c:enum(x|y)=y', 'd:int?', 'e:text', 'f:json?'],
    row: { b: '1', d: '2', e: "'x'", f: "'{}'" },
    migrated: { a: "it's", b: 1, c: 'y', d: 2, e: 'x', f: {} },
    restored: { a: "it's", c: 'y' },
    name: 'change_book',
  },
  {
    title: 'unique and index change',
    old: ['a:int unique', 'b:int index', 'c:int', 'd:int', 'e:int index', 'unique(c,d)'],
    new: ['a:int', 'b:int unique', 'c:int index', 'd:int', 'e:int', 'unique(b,d)'],
    row: { a: '1', b: '2', c: '3', d: '4', e: '5' },
    migrated: { a: 1, b: 2, c: 3, d: 4, e: 5 },
    name: 'change_book',
  },
  {
    title: 'enum values are added',
    old: ['status:enum(b|d)=b'],
    new: ['status:enum(a|b|c|d|e|f)=d'],
    row: {},
    migrated: { status: 'b' },
    name: 'change_book',
  },
  {
    title: 'enum values are removed and others added',
    old: ['status:enum(a|b|c|d)=b', 'kind:enum(a|b|c)?'],
    new: ['status:enum(b|c)=b', 'kind:enum(x|b)?'],
    row: { kind: "'b'" },
    migrated: { status: 'b', kind: 'b' },
    name: 'change_book',
  },
  {
    title: 'references are added, removed and changed',
    old: ['a:references(author)?', 'b:references(author)', 'c:references(book)? unique'],
    new: [
      'b:references(author) onDelete=cascade',
      'c:references(book)? onDelete=set-null',
      'd:references(author)?',
    ],
    row: { b_id: '1', c_id: '1' },
    migrated: { b_id: 1, c_id: 1, d_id: null },
    name: 'change_book',
  },
];

const database = new PGlite();

const author = defineResource('author', ['name:string(100) unique']);

describe('the migration of', () => {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'clean-flask-ts-')));
  const directory = join(cwd, 'shop');

  beforeAll(async () => {
    await makeInstalledService(cwd, 'shop', '--no-example');
  });
  afterAll(async () => {
    await database.close();
    rmSync(cwd, { recursive: true, force: true });
  });

  it.each(cases)('a change where $title', async (each) => {
    const change = {
      oldResources: [author, defineResource('book', each.old)],
      newResources: [author, defineResource('book', each.new)],
      renames: new Map([['book', new Map(Object.entries(each.renames ?? {}))]]),
    };
    expect(changeProblems(change)).toEqual([]);
    const { name, migration, down } = await make(change);
    expect(name).toBe(each.name);

    await createTables(change.newResources);
    const expected = await catalog();
    await createTables(change.oldResources);
    await database.exec(`INSERT INTO author (name) VALUES ('Jane')`);
    await database.exec(insertBook(each.row));
    const before = await catalog();
    const [book] = await books();

    await inTransaction(migration);
    expect(await catalog()).toEqual(expected);
    expect(await books()).toMatchObject([each.migrated]);

    if (each.emptied) await database.exec('DELETE FROM book');
    await inTransaction(down);
    expect(await catalog()).toEqual(before);
    expect(await books()).toEqual(each.emptied ? [] : [{ ...book, ...each.restored }]);
  });

  it('new resources that refer to each other, and that of dropping them', async () => {
    const newResources = [
      defineResource('book', ['author:references(author)?', 'loan:references(loan)?']),
      defineResource('author', ['name:string(2..9)', 'loan:references(loan)?']),
      defineResource('loan', ['book:references(book) unique', 'kind:enum(a|b)=a']),
    ];
    const creation = { oldResources: [], newResources, renames: new Map() };
    const removal = { oldResources: newResources, newResources: [], renames: new Map() };
    const created = await make(creation);
    const dropped = await make(removal);
    expect([created.name, dropped.name]).toEqual([
      'create_book_author_and_loan',
      'drop_book_author_and_loan',
    ]);

    await createTables([]);
    const empty = await catalog();
    await inTransaction(created.migration);
    const full = await catalog();
    await database.exec(`INSERT INTO author (name) VALUES ('Jane')`);
    for (const script of [dropped.migration, created.migration, created.down]) {
      await inTransaction(script);
    }
    expect(await catalog()).toEqual(empty);
    for (const script of [created.migration, dropped.migration, dropped.down]) {
      await inTransaction(script);
    }
    expect(await catalog()).toEqual(full);
  });

  it('nothing where the database does not change', async () => {
    const resources = [
      defineResource('author', ['pin:string(9)']),
      defineResource('author', ['pin:string(9) sensitive']),
    ] as const;
    const schema = schemaOf(resources.slice(0, 1));
    const change = {
      oldResources: [resources[0]],
      newResources: [resources[1]],
      renames: new Map(),
    };
    expect(await migrationOf({ directory, before: schema, after: schema, ...change })).toBe(
      undefined,
    );
  });

  it('a schema that Prisma cannot read, which it explains', async () => {
    const change = { oldResources: [author], newResources: [author], renames: new Map() };
    const before = schemaOf([author]);
    const after = before.map(({ path, contents }) => ({
      path,
      contents: path.endsWith('author.prisma')
        ? Buffer.from('model Author {\n  id Nonsense @id\n}\n')
        : contents,
    }));
    const migration = migrationOf({ directory, before, after, ...change });
    await expect(migration).rejects.toThrow(
      /Nonsense[\s\S]*-->\s+prisma\/schema\/author\.prisma:2/,
    );
  });

  /** Leaves nothing but the tables of resources in the database, as if they were all new. */
  async function createTables(newResources: readonly ResourceDefinition[]): Promise<void> {
    await database.exec('DROP SCHEMA public CASCADE; CREATE SCHEMA public');
    if (newResources.length === 0) return;
    const { migration } = await make({ oldResources: [], newResources, renames: new Map() });
    await inTransaction(migration);
  }

  async function make(change: DefinitionChange): Promise<Migration> {
    const before = schemaOf(change.oldResources);
    const after = schemaOf(change.newResources);
    const migration = await migrationOf({ directory, before, after, ...change });
    if (migration === undefined) throw new Error('Nothing changes');
    return migration;
  }
});

function insertBook(row: Readonly<Record<string, string>>): string {
  const columns = Object.keys(row).map((column) => `"${column}"`);
  return columns.length === 0
    ? 'INSERT INTO book DEFAULT VALUES'
    : `INSERT INTO book (${columns.join(', ')}) VALUES (${Object.values(row).join(', ')})`;
}

async function books(): Promise<object[]> {
  return (await database.query<object>('SELECT * FROM book')).rows;
}

async function inTransaction(script: string): Promise<void> {
  await database.transaction((transaction) => transaction.exec(script));
}

function schemaOf(resources: readonly ResourceDefinition[]): RenderedFile[] {
  const files = renderService(serviceAnswers({ example: false }), resources);
  return files.filter(({ path }) => path.endsWith('.prisma'));
}

/** All that a migration may change, without the order of columns. */
async function catalog() {
  const queries = {
    columns: `SELECT table_name, column_name, format_type(atttypid, atttypmod), attnotnull,
        column_default
      FROM information_schema.columns JOIN pg_attribute
        ON attrelid = format('%I', table_name)::regclass AND attname = column_name
      WHERE table_schema = 'public' ORDER BY 1, 2`,
    constraints: `SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid)
      FROM pg_constraint
      WHERE connamespace = 'public'::regnamespace AND contype <> 'n' ORDER BY 1, 2`,
    indexes: `SELECT indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1`,
    enums: `SELECT typname, array_agg(enumlabel::text ORDER BY enumsortorder) AS labels
      FROM pg_enum JOIN pg_type ON pg_type.oid = enumtypid GROUP BY 1 ORDER BY 1`,
  };
  const results = Object.entries(queries).map(async ([title, query]) => {
    const { rows } = await database.query(query);
    return [title, rows] as const;
  });
  return Object.fromEntries(await Promise.all(results));
}
