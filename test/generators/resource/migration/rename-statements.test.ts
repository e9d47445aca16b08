import { expect, it } from 'vitest';
import { renameStatements } from '../../../../generators/resource/migration/rename-statements.ts';
import { defineResource } from '../../../support/define-resource.ts';

it('renames everything whose name contains the one of a column', () => {
  const kept = ['pages:int(1..) index'];
  const old = [
    'rating:int(1..5000) unique',
    'status:enum(a)',
    'author:references(author)',
    'unique(status,pages)',
  ];
  const changed = [
    'stars:int(1..5000) unique',
    'state:enum(a)',
    'writer:references(author)',
    'unique(state,pages)',
  ];
  const statements = renameStatements(
    [defineResource('author', ['name:string(9)']), defineResource('book', [...kept, ...old])],
    [defineResource('author', ['name:string(9)']), defineResource('book', [...kept, ...changed])],
  );

  expect(statements).toEqual([
    '-- RenameColumn\nALTER TABLE "book" RENAME COLUMN "rating" TO "stars";',
    '-- RenameColumn\nALTER TABLE "book" RENAME COLUMN "status" TO "state";',
    '-- RenameColumn\nALTER TABLE "book" RENAME COLUMN "author_id" TO "writer_id";',
    '-- RenameEnum\nALTER TYPE "book_status" RENAME TO "book_state";',
    '-- RenameIndex\nALTER INDEX "book_rating_key" RENAME TO "book_stars_key";',
    '-- RenameIndex\nALTER INDEX "book_author_id_idx" RENAME TO "book_writer_id_idx";',
    '-- RenameIndex\nALTER INDEX "book_status_pages_key" RENAME TO "book_state_pages_key";',
    '-- RenameForeignKey\nALTER TABLE "book" RENAME CONSTRAINT "book_author_id_fkey" TO "book_writer_id_fkey";',
    '-- RenameCheck\nALTER TABLE "book" RENAME CONSTRAINT "book_rating_check" TO "book_stars_check";',
  ]);
});
