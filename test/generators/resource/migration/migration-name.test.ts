import { describe, expect, it } from 'vitest';
import { migrationName } from '../../../../generators/resource/migration/migration-name.ts';
import { defineResource } from '../../../support/define-resource.ts';

const book = (...fields: string[]) => defineResource('book', fields);
const author = defineResource('author', ['name:string(9)']);
const orderLine = defineResource('order-line', ['name:string(9)']);
const longest = defineResource('x'.repeat(51), ['name:string(9)']);
const noRenames = new Map<string, Map<string, string>>();

describe('migrationName', () => {
  it.each([
    ['create_order_line', [], [orderLine]],
    ['drop_book', [author, book('a:int')], [author]],
    ['create_author_book_and_order_line', [], [author, book('a:int'), orderLine]],
    ['create_author_and_drop_book', [book('a:int')], [author]],
    ['create_author_and_change_book', [book('a:int')], [author, book('a:int?')]],
    ['add_b_to_book', [author, book('a:int')], [author, book('a:int', 'b:int?')]],
    ['add_b_and_c_to_book', [book('a:int')], [book('b:int?', 'a:int', 'c:int?')]],
    ['remove_b_from_book', [book('a:int', 'b:int', 'unique(a,b)')], [book('a:int')]],
    ['change_book', [book('a:int')], [book('a:int(1..)')]],
    ['change_book', [book('a:int')], [book('a:int unique')]],
    ['change_book', [book('a:int', 'b:int')], [book('a:int', 'c:int?')]],
    ['change_book', [book('a:enum(x)')], [book('a:enum(x|y)')]],
    [
      'change_book',
      [book('a:references(author)?')],
      [book('a:references(author)? onDelete=cascade')],
    ],
    ['change_book', [book('a:int')], [book('a:int', `${'b'.repeat(60)}:int?`)]],
    [`create_${longest.name}`, [], [longest]],
    ['change_resources', [], [author, longest]],
    ['change_resources', [author], [author]],
  ])('is %s', (name, oldResources, newResources) => {
    expect(migrationName({ oldResources, newResources, renames: noRenames })).toBe(name);
  });

  it('says what is renamed', () => {
    const renames = new Map([['book', new Map([['pages', 'page_count']])]]);
    const oldResources = [book('pages:int', 'a:int')];
    const name = (...fields: string[]) =>
      migrationName({ oldResources, newResources: [book(...fields)], renames });

    expect(name('page_count:int', 'a:int')).toBe('rename_pages_to_page_count_in_book');
    expect(name('page_count:int', 'a:int?')).toBe('change_book');
    expect(name('page_count:int')).toBe('change_book');
  });
});
