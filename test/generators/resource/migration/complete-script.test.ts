import { describe, expect, it } from 'vitest';
import { completeScript } from '../../../../generators/resource/migration/complete-script.ts';
import { defineResource } from '../../../support/define-resource.ts';

const empty = '-- This is an empty migration.\n';
const author = defineResource('author', ['name:string(9)']);

function completed(old: string[], changed: string[], script = empty): string[] {
  const [from, to] = [old, changed].map((fields) =>
    fields.length === 0 ? [author] : [author, defineResource('book', fields)],
  );
  return completeScript(script, from ?? [], to ?? []);
}

describe('completeScript', () => {
  it('is empty when nothing changes', () => {
    expect(completed(['a:int(1..5)'], ['a:int(1..5)'])).toEqual([]);
  });

  it('keeps what Prisma says, in one transaction', () => {
    const script = '-- AlterEnum\nBEGIN;\nSELECT 1;\nCOMMIT;\n\n-- DropTable\nSELECT 2;\n';
    expect(completed(['a:int'], ['a:int'], script)).toEqual([
      '-- AlterEnum\nSELECT 1;\n\n-- DropTable\nSELECT 2;',
    ]);
  });

  it('drops checks before columns change, and adds them after that', () => {
    const old = ['a:int(1..5)', 'b:int(1..5)', 'c:int', 'gone:int(1..5)'];
    const changed = ['a:int(0..5)', 'b:int', 'c:int(1..)', 'd:int(..9)?'];
    expect(completed(old, changed, 'SELECT 1;')).toEqual([
      '-- DropCheck\nALTER TABLE "book" DROP CONSTRAINT "book_a_check";',
      '-- DropCheck\nALTER TABLE "book" DROP CONSTRAINT "book_b_check";',
      'SELECT 1;',
      '-- AddCheck\nALTER TABLE "book" ADD CONSTRAINT "book_a_check" CHECK ("a" >= 0 AND "a" <= 5);',
      '-- AddCheck\nALTER TABLE "book" ADD CONSTRAINT "book_c_check" CHECK ("c" >= 1);',
      '-- AddCheck\nALTER TABLE "book" ADD CONSTRAINT "book_d_check" CHECK ("d" <= 9);',
    ]);
  });

  it('adds the checks of a new table, and drops none of a table that goes', () => {
    expect(completed([], ['a:string(2..9)'])).toEqual([
      '-- AddCheck\nALTER TABLE "book" ADD CONSTRAINT "book_a_check" CHECK (char_length("a") >= 2);',
    ]);
    expect(completed(['a:string(2..9)'], [])).toEqual([]);
  });

  it('gives rows a value where a field becomes required, or says that it fails', () => {
    const old = ['a:string(9)?', 'b:enum(x)?=x', 'c:int?', 'd:json?', 'e:int[]?'];
    const changed = [
      "a:string(9)=it's",
      'b:enum(x)=x',
      'c:int',
      'd:json',
      'e:int[]',
      'f:int',
      'g:int[]',
    ];
    expect(completed(old, changed)).toEqual([
      `-- FillMissingValues\nUPDATE "book" SET "a" = 'it''s' WHERE "a" IS NULL;`,
      `-- FillMissingValues\nUPDATE "book" SET "b" = 'x' WHERE "b" IS NULL;`,
      '-- Fails if "c" is NULL in a row of "book". Give such rows a value first:\n' +
        '-- UPDATE "book" SET "c" = … WHERE "c" IS NULL;',
      '-- Fails if "book" has rows, for which "f" has no value. To keep them, add the column\n' +
        '-- without NOT NULL, give each row a value, and then SET NOT NULL.',
    ]);
  });

  it('adds the values of an enum in their order', () => {
    const add = (value: string) => `ALTER TYPE "book_kind" ADD VALUE '${value}'`;
    const script = ['a', 'c', 'd'].map((value) => `${add(value)};`).join('\n');
    expect(completed(['kind:enum(b)'], ['kind:enum(a|b|c|d)'], script)).toEqual([
      `${add('a')} BEFORE 'b';\n${add('c')} AFTER 'b';\n${add('d')} AFTER 'c';`,
    ]);
  });

  it('refuses to lose the values of a field that stays', () => {
    const lossy = (table: string) =>
      `ALTER TABLE "${table}" DROP COLUMN "a",\nADD COLUMN "a" TEXT;`;
    const message = 'Prisma cannot change the type of "a" in "book"';
    expect(() => completed(['a:int'], ['a:text'], lossy('book'))).toThrow(message);
    expect(completed(['a:int'], ['b:text?'], lossy('book'))).toEqual([lossy('book')]);
    expect(completed(['a:int'], ['a:int'], lossy('other'))).toEqual([lossy('other')]);
  });
});
