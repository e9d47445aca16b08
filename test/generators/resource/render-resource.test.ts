import { describe, expect, it } from 'vitest';
import { todo } from '../../../generators/resource/todo.ts';
import { withResource } from '../../../generators/resource/render-resource.ts';
import { renderService } from '../../../generators/app/render-service.ts';
import type { RenderedFile } from '../../../lib/files/render-folder.ts';
import { defineResource } from '../../support/add-resources.ts';
import { serviceAnswers } from '../../support/rendered.ts';

const empty = renderService(serviceAnswers({ example: false }));
const author = defineResource('author', 1, ['name:string(100)']);
const book = defineResource('book', 2, ['title:text', 'author:references(author)']);

function paths(files: readonly { path: string }[]): string[] {
  return files.map(({ path }) => path).toSorted();
}

function textOf({ path, contents }: RenderedFile): string {
  return path + contents.toString();
}

describe('withResource', () => {
  it('makes the example from the templates that make every resource', () => {
    expect(paths(withResource(empty, todo))).toEqual(paths(renderService(serviceAnswers())));
  });

  it('adds what resources share once', () => {
    const all = paths(withResource(withResource(empty, author), book));
    expect(all).toEqual([...new Set(all)]);
    expect(all).toContain('src/api/filters.ts');
  });

  it('gives the same bytes for the same definition', () => {
    const [first, second] = [1, 2].map(() => withResource(empty, author).map(textOf));
    expect(first).toEqual(second);
  });

  it('adds the opposite of a reference to the model that it refers to', () => {
    const files = withResource(withResource(empty, author), book);
    const schema = files.find(({ path }) => path === 'prisma/schema/author.prisma');
    expect(schema?.contents.toString()).toContain('  bookAuthor Book[] @relation("BookAuthor")\n');
  });

  it('fails when a reference is to nothing', () => {
    expect(() => withResource(empty, book)).toThrow('There is no prisma/schema/author.prisma');
  });
});
