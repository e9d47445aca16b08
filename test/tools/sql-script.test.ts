import { describe, expect, it } from 'vitest';
import {
  controlsTransactions,
  splitStatements,
  withoutSchema,
  withoutTransactionControl,
} from '../../tools/sql/sql-script.ts';

describe('splitStatements', () => {
  it.each([
    ['nothing', '', []],
    ['only comments', ' -- a;\n /* b; */ ;; ', []],
    ['two statements', 'SELECT 1;\n\nSELECT 2', ['SELECT 1', 'SELECT 2']],
    ['a comment before one', '-- a; b\nSELECT 1;', ['-- a; b\nSELECT 1']],
    [
      'nested comments',
      '/* a /* ; */ ; */ SELECT 1; SELECT 2',
      ['/* a /* ; */ ; */ SELECT 1', 'SELECT 2'],
    ],
    ['a comment without end', 'SELECT 1; /* a; /* b */', ['SELECT 1']],
    ['a literal', "SELECT 'a;''b;'; SELECT 2", ["SELECT 'a;''b;'", 'SELECT 2']],
    ['a backslash in a literal', "SELECT 'a\\'; SELECT 2", ["SELECT 'a\\'", 'SELECT 2']],
    ['an escaped quote', "SELECT E'a\\';b'; SELECT 2", ["SELECT E'a\\';b'", 'SELECT 2']],
    ['a quoted name', 'SELECT "a;""b;"; SELECT 2', ['SELECT "a;""b;"', 'SELECT 2']],
    ['dollar quotes', 'DO $$ a; $b$ ; $b$ $$; SELECT 2', ['DO $$ a; $b$ ; $b$ $$', 'SELECT 2']],
    ['named dollar quotes', 'DO $a$ $$;$b$; $a$; SELECT 2', ['DO $a$ $$;$b$; $a$', 'SELECT 2']],
    ['a dollar in a name', 'SELECT a$b$; SELECT c$b$', ['SELECT a$b$', 'SELECT c$b$']],
    ['a parameter', 'SELECT $1; SELECT $2', ['SELECT $1', 'SELECT $2']],
    ['parentheses', 'CREATE RULE r DO (a; b); SELECT 2', ['CREATE RULE r DO (a; b)', 'SELECT 2']],
    [
      'the body of a function in SQL',
      'CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT 2; END; SELECT 3',
      ['CREATE FUNCTION f() BEGIN ATOMIC SELECT CASE WHEN a THEN 1 END; SELECT 2; END', 'SELECT 3'],
    ],
    ['characters beyond the BMP', "SELECT '😀;'; SELECT 🎉", ["SELECT '😀;'", 'SELECT 🎉']],
  ])('takes %s apart', (_, script, expected) => {
    expect(splitStatements(script)).toEqual(expected);
  });
});

describe('controlsTransactions', () => {
  it.each(['BEGIN; SELECT 1; COMMIT', 'select 1; -- a\n rollback', 'START /* a */ TRANSACTION'])(
    'sees it in %j',
    (script) => {
      expect(controlsTransactions(script)).toBe(true);
    },
  );

  it.each(["SELECT 'BEGIN;'", 'DO $$ BEGIN; COMMIT; END $$', '-- COMMIT;', 'SELECT "begin"'])(
    'does not see it in %j',
    (script) => {
      expect(controlsTransactions(script)).toBe(false);
    },
  );
});

describe('withoutTransactionControl', () => {
  it('removes BEGIN and COMMIT, and nothing else', () => {
    const script = [
      '-- AlterEnum',
      'BEGIN;',
      "CREATE TYPE a AS ENUM ('b",
      'COMMIT;',
      "');",
      'COMMIT;',
      '-- the rest',
    ];

    expect(withoutTransactionControl(script.join('\n'))).toBe(
      script
        .filter((_, index) => index !== 1 && index !== 5)
        .map((line) => line)
        .join('\n'),
    );
  });
});

describe('withoutSchema', () => {
  it.each([
    ['ALTER TABLE "app"."note" DROP "app"', 'ALTER TABLE "note" DROP "app"'],
    ['SELECT \'"app"."a"\', "x"."app"."a"', 'SELECT \'"app"."a"\', "x"."app"."a"'],
    ['-- "app"."note"', '-- "app"."note"'],
    ['DROP TYPE "public"."a"', 'DROP TYPE "public"."a"'],
  ])('makes of %s %s', (script, expected) => {
    expect(withoutSchema(script, 'app')).toBe(expected);
  });

  it('recognises a name with quotes', () => {
    expect(withoutSchema('DROP TYPE "a""b"."c"', 'a"b')).toBe('DROP TYPE "c"');
  });
});
