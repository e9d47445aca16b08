import { describe, expect, it } from 'vitest';
import { resourceClashes } from '../../../../generators/resource/language/resource-clashes.ts';
import { renderService } from '../../../../generators/app/render-service.ts';
import { defineResource } from '../../../support/define-resource.ts';
import { serviceAnswers } from '../../../support/rendered.ts';

const files = renderService(serviceAnswers({ example: false })).map(({ path }) => path);
const author = defineResource('author', ['name:string(100) unique', 'state:enum(a|b)']);

function problemsOf(
  name: string,
  texts: readonly string[],
  resources = [author],
  declared: ReadonlyMap<string, string> = new Map(),
) {
  const surroundings = { resources, files, declared };
  return resourceClashes(defineResource(name, texts), surroundings).map(
    ({ text, column, message }) => [text, column, message],
  );
}

describe('resourceClashes', () => {
  it.each(['book', 'user', 'group', 'order', 'desc', 'news', 'class', 'import', 'request', 'list'])(
    'has nothing against a resource named %s',
    (name) => {
      expect(
        problemsOf(name, ['author:references(author)', 'next:references(' + name + ')?']),
      ).toEqual([]);
    },
  );

  it.each([
    ['Book', 'invalid name "Book": expected a singular in kebab-case, such as order-item'],
    [
      'order_item',
      'invalid name "order_item": expected a singular in kebab-case, such as order-item',
    ],
    ['a'.repeat(59), 'the name has 59 characters: expected at most 58'],
    ['health', 'the service itself uses the name "health"'],
    ['docs', 'the service itself uses the name "docs"'],
    ['service-context', 'the service itself uses the name "service-context"'],
    ['con', 'files cannot be named "con" on Windows'],
    ['com1', 'files cannot be named "com1" on Windows'],
    ['date', 'the files of a resource use "Date" otherwise: choose another name'],
    ['json', 'Prisma reserves the name "Json"'],
    ['text', 'the files of a resource use "Text" otherwise: choose another name'],
    ['to-string', 'every object in JavaScript has a "toString"'],
    ['author', 'there already is a resource "author"'],
    [
      'schema',
      '"schema" needs the file prisma/schema/schema.prisma, which already exists: choose another name',
    ],
    [
      'repository',
      '"repository" needs the file src/services/repository-service.ts, which already exists: choose another name',
    ],
    ['author-state', 'the resource "author" already uses "author_state": choose another name'],
    [
      'author-name-key',
      'the resource "author" already uses "author_name_key": choose another name',
    ],
  ])('refuses the name %s: %s', (name, message) => {
    expect(problemsOf(name, ['a:int'])).toEqual([[name, 1, message]]);
  });

  it('refuses a name that is the same in TypeScript', () => {
    const item = defineResource('item-1', ['a:int']);
    expect(problemsOf('item1', ['a:int'], [item])).toEqual([
      ['item1', 1, '"item1" clashes with the resource "item-1"'],
    ]);
  });

  it('refuses references to nothing, with the nearest name', () => {
    expect(
      problemsOf('book', ['a:references(athor)', 'b:references(boook)?', 'c:references(x)']),
    ).toEqual([
      ['a:references(athor)', 14, 'unknown resource "athor": did you mean "author"?'],
      ['b:references(boook)', 14, 'unknown resource "boook": did you mean "book"?'],
      ['c:references(x)', 14, 'unknown resource "x" (allowed: book, author)'],
    ]);
  });

  it('refuses an enum whose type is the table of another resource', () => {
    const state = defineResource('book-state', ['a:int']);
    expect(problemsOf('book', ['state:enum(a|b)'], [state])).toEqual([
      ['book', 1, 'the resource "book-state" already uses "BookState": choose another name'],
    ]);
  });

  it.each(['Book', 'book', 'BookState', 'book_state', 'book_title_key'])(
    'refuses a resource that needs the name %s, which a Prisma schema declares',
    (name) => {
      const declared = new Map([[name, 'prisma/schema/shop.prisma']]);
      const fields = ['title:string(9) unique', 'state:enum(a|b)'];
      expect(problemsOf('book', fields, [], declared)).toEqual([
        ['book', 1, `prisma/schema/shop.prisma already uses "${name}": choose another name`],
      ]);
    },
  );

  it('refuses an enum whose type is one of Prisma', () => {
    expect(problemsOf('big', ['int:enum(a|b)'])).toEqual([
      ['big', 1, 'Prisma already uses "BigInt": choose another name'],
    ]);
  });

  it('refuses two indexes of one name', () => {
    const fields = ['a:int', 'b:int', 'a_b:int unique', 'unique(a,b)'];
    expect(problemsOf('book', fields)).toEqual([
      ['book', 1, 'two of its indexes would be named "book_a_b_key": rename a field'],
    ]);
  });

  it('refuses a reference whose opposite has the name of a field', () => {
    const target = defineResource('shelf', ['book_shelf:int']);
    expect(problemsOf('book', ['shelf:references(shelf)'], [target])).toEqual([
      ['book', 1, 'two members of the model Shelf would be named "bookShelf": rename a field'],
    ]);
    const first = defineResource('created', ['at:references(created)?']);
    expect(problemsOf('book', ['a:int'], [first])).toEqual([
      ['book', 1, 'two members of the model Created would be named "createdAt": rename a field'],
    ]);
  });

  it('reports the name and the references together', () => {
    const texts = problemsOf('date', ['a:references(b)']).map(([text]) => text);
    expect(texts).toEqual(['date', 'a:references(b)']);
  });
});
