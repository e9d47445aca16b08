import { describe, expect, it } from 'vitest';
import { controlsTransactions } from '../../../src/infrastructure/databases/migration-files.ts';

describe('controlsTransactions', () => {
  it.each([
    'BEGIN; CREATE TABLE a (); COMMIT;',
    'CREATE TABLE a ();\n-- half way\ncommit;',
    'start  transaction; SELECT 1',
    'CREATE INDEX CONCURRENTLY i ON a (b);',
    "SELECT E'it\\'s'; ROLLBACK; SELECT '';",
    'VACUUM a',
  ])('%j can leave a part of itself', (script) => {
    expect(controlsTransactions(script)).toBe(true);
  });

  it.each([
    'CREATE TABLE "commit" (); DROP TABLE "begin";',
    "INSERT INTO a VALUES ('; COMMIT;'), ('it''s; BEGIN');",
    '/* BEGIN; */ CREATE TABLE a (); -- ; COMMIT',
    'CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$ BEGIN; RETURN 1; END; $$;',
    'CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $body$ BEGIN PERFORM $$;$$; END $body$;',
    'SELECT CASE WHEN true THEN 1 END;',
    '-- This is an empty migration.',
  ])('%j is kept or undone as a whole', (script) => {
    expect(controlsTransactions(script)).toBe(false);
  });
});
