import childProcess, { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { useSchemaEngine } from '../../../tools/prisma.mjs';
import type { TestDatabase } from '../../../tools/test-database.mjs';
import { query } from '../../support/query.ts';
import { programEnvironment, schemaEngine } from '../../support/run-prisma.ts';
import { createEmptyDatabase } from '../../support/test-database.ts';

let database: TestDatabase;

beforeAll(async () => {
  database = await createEmptyDatabase();
});
afterAll(() => database.close());

/** Runs the engine's program to its end. */
async function run(programArguments: string[], input = '') {
  const engine = spawn(process.execPath, [schemaEngine, ...programArguments], {
    env: programEnvironment({}),
  });
  engine.stdin.end(input);
  const [output, log] = await Promise.all([
    text(engine.stdout),
    text(engine.stderr),
    once(engine, 'close'),
  ]);
  return { output, log, status: engine.exitCode };
}

/** Has the engine answer these lines. */
async function converse(datasource: object, lines: string[]) {
  const input = lines.map((line) => `${line}\n`).join('');
  const { output, log, status } = await run(['--datasource', JSON.stringify(datasource)], input);
  return { messages: parseLines(output), log, status };
}

function parseLines(lines: string): unknown[] {
  return lines
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as unknown);
}

function request(id: number, method: string, params?: object): string {
  return JSON.stringify({ jsonrpc: '2.0', id, method, params });
}

function error(id: number | null, code: number, message: unknown) {
  const data = { is_panic: false, message, meta: null };
  return { jsonrpc: '2.0', id, error: { code, message, data } };
}

describe('the conversation with the Prisma CLI', () => {
  it('survives lines that are no requests', async () => {
    const lines = ['{"method":', '[1]', '{"id":0,"result":{}}', request(7, 'nothing')];

    expect(await converse({}, lines)).toEqual({
      messages: [
        error(null, -32700, 'This line is not JSON'),
        error(null, -32600, 'This is not a request'),
        error(7, -32601, 'The schema engine has no method "nothing"'),
      ],
      log: '',
      status: 0,
    });
  });

  it('goes on after parameters that the engine cannot use', async () => {
    const lines = [
      request(1, 'getDatabaseVersion'),
      request(2, 'applyMigrations', {}),
      request(3, 'getDatabaseVersion'),
    ];
    const expected = 'Error: missing field `migrationsList`';

    const { messages, status } = await converse({ url: database.url }, lines);

    expect(messages).toEqual([
      { jsonrpc: '2.0', id: 1, result: expect.stringMatching(/^PostgreSQL \d/) as unknown },
      error(2, 4466, expected),
      error(3, 4466, expected),
    ]);
    expect(status).toBe(0);
  });

  it('says that a panic is one', async () => {
    const { messages } = await converse({ url: database.url }, [request(1, 'debugPanic')]);

    expect(messages).toMatchObject([
      {
        error: {
          data: { is_panic: true, message: expect.stringContaining('panicked') as unknown },
        },
      },
    ]);
  });
});

it('compares schemas without a database', async () => {
  const content = 'datasource db {\n provider = "postgresql"\n}\nmodel Book {\n id Int @id\n}\n';
  const parameters = {
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: [{ path: 'schema.prisma', content }] },
    script: true,
    shadowDatabaseUrl: null,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  };
  const datasource = { shadowDatabaseUrl: 'postgresql://localhost:1/none' };

  const { messages, status } = await converse(datasource, [request(1, 'diff', parameters)]);

  const script = expect.stringContaining('CREATE TABLE "Book"') as unknown;
  expect(messages).toMatchObject([{ method: 'print', params: { content: script } }, { id: 1 }]);
  expect(status).toBe(0);
});

describe('a shadow database that is configured', () => {
  const CONTENTS = `
    CREATE SCHEMA other;
    CREATE TABLE other.note ();
    CREATE TYPE color AS ENUM ('red');
    CREATE DOMAIN positive AS int CHECK (VALUE > 0);
    CREATE TABLE note (id int GENERATED ALWAYS AS IDENTITY PRIMARY KEY, n serial, color color);
    CREATE TABLE part (day date) PARTITION BY RANGE (day);
    CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
    CREATE VIEW notes AS SELECT * FROM note;
    CREATE MATERIALIZED VIEW kept_notes AS SELECT * FROM notes;
    CREATE SEQUENCE counter;
    CREATE STATISTICS id_and_n ON id, n FROM note;
    CREATE FUNCTION two(int) RETURNS int LANGUAGE SQL AS 'SELECT 2';
    CREATE AGGREGATE total(int) (SFUNC = int4pl, STYPE = int);
    CREATE PUBLICATION everything;`;

  /** Has the engine try a migration on the database. */
  function tryMigration(script: string, datasource = { shadowDatabaseUrl: database.url }) {
    const migrationFile = { path: 'migration.sql', content: { tag: 'ok', value: script } };
    const parameters = {
      from: {
        tag: 'migrations',
        baseDir: '',
        lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
        shadowDbInitScript: '',
        migrationDirectories: [{ path: '1_first', migrationFile }],
      },
      to: { tag: 'empty' },
      script: false,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    };
    return converse(datasource, [request(1, 'diff', parameters)]);
  }

  /** Everything in the database that PostgreSQL did not create itself. */
  function contents() {
    return query(
      database.url,
      `
      SELECT nspname AS name FROM pg_namespace
      WHERE nspname !~ '^pg_' AND nspname NOT IN ('information_schema', 'public')
      UNION ALL SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace
      UNION ALL SELECT typname FROM pg_type WHERE typnamespace = 'public'::regnamespace
      UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
      UNION ALL SELECT stxname FROM pg_statistic_ext
      UNION ALL SELECT pubname FROM pg_publication`,
    );
  }

  it('is empty again after use', async () => {
    for (let run = 0; run < 2; run++) {
      const { messages } = await tryMigration(CONTENTS);
      expect(messages).toContainEqual({
        jsonrpc: '2.0',
        id: 1,
        result: { exitCode: 0, stdout: expect.stringContaining('note') as unknown },
      });
      expect(await contents()).toEqual([]);
    }
  });

  it('is emptied if an engine that used it crashed', async () => {
    await query(database.url, `CREATE SCHEMA prisma_shadow_database_in_use; ${CONTENTS}`);

    const { messages } = await tryMigration('CREATE TABLE note ()');

    expect(messages).toContainEqual(
      expect.objectContaining({ result: expect.anything() as unknown }),
    );
    expect(await contents()).toEqual([]);
  });

  it.each([
    ['TABLE note', '(id int)', 'table public.note'],
    ['TABLE _prisma_migrations', '()', 'table public._prisma_migrations'],
    ['TYPE color', "AS ENUM ('red')", 'type public.color'],
    ['FUNCTION two()', "RETURNS int LANGUAGE SQL AS 'SELECT 2'", 'function public.two()'],
    ['SCHEMA other', '', 'schema other'],
    ['PUBLICATION everything', '', 'publication everything'],
  ])('is refused if it holds a %s', async (object, definition, named) => {
    await query(database.url, `CREATE ${object} ${definition}`);
    onTestFinished(async () => {
      await query(database.url, `DROP ${object}`);
    });
    const before = await contents();

    const { messages } = await tryMigration('');

    expect(messages).toMatchObject([
      { error: { message: expect.stringContaining(`is not empty (${named}).`) as unknown } },
    ]);
    expect(await contents()).toEqual(before);
  });

  it('is refused if it is the main database', async () => {
    const datasource = { url: database.url, shadowDatabaseUrl: database.url };

    expect(await tryMigration('', datasource)).toMatchObject({
      messages: [
        { error: { message: expect.stringContaining('the same as the main database') as unknown } },
      ],
    });
  });
});

describe('the commands about databases', () => {
  async function runCommand(command: string, url: string) {
    const { log, status } = await run(['--datasource', JSON.stringify({ url }), 'cli', command]);
    // The CLI skips the first line.
    return { status, records: parseLines(log).slice(1) };
  }

  it('connect', async () => {
    expect(await runCommand('can-connect-to-database', database.url)).toMatchObject({ status: 0 });
  });

  it('have no more commands than they say', async () => {
    expect(await runCommand('make-coffee', database.url)).toEqual({
      status: 1,
      records: [
        {
          level: 'ERROR',
          target: 'schema_engine::logger',
          fields: { message: 'Unknown command "make-coffee"' },
        },
      ],
    });
  });

  it('do not print a connection string that they cannot use', async () => {
    const { records } = await runCommand('can-connect-to-database', 'mysql://someone:secret@h/d');

    expect(JSON.stringify(records)).toContain('P1013');
    expect(JSON.stringify(records)).not.toContain('secret');
  });

  it.runIf(inject('testServer').kind === 'external')('make a database and drop it', async () => {
    const url = new URL(database.url);
    url.pathname += '%22%20other';
    const fieldsOf = async (command: string) => {
      const { records } = await runCommand(command, url.href);
      return records.map((record) => (record as { fields: object }).fields);
    };

    expect(await fieldsOf('can-connect-to-database')).toMatchObject([{ error_code: 'P1003' }]);
    expect(await fieldsOf('create-database')).toEqual([
      { message: expect.stringContaining('successfully created') as unknown },
    ]);
    expect(await fieldsOf('create-database')).toMatchObject([{ error_code: 'P1009' }]);
    expect(await fieldsOf('drop-database')).toEqual([
      { message: expect.stringContaining('successfully dropped') as unknown },
    ]);
    expect(await fieldsOf('drop-database')).toMatchObject([{ error_code: 'P1003' }]);
  });
});

describe('the choice of the engine', () => {
  const original = childProcess.spawn;
  const spawned = vi.fn();

  beforeAll(() => {
    Object.assign(childProcess, { spawn: spawned });
  });
  afterAll(() => {
    Object.assign(childProcess, { spawn: original });
    vi.unstubAllEnvs();
  });

  it('keeps an engine that the user names', () => {
    vi.stubEnv('PRISMA_SCHEMA_ENGINE_BINARY', '/opt/engine');

    useSchemaEngine();

    expect(process.env.PRISMA_SCHEMA_ENGINE_BINARY).toBe('/opt/engine');
    expect(childProcess.spawn).toBe(spawned);
  });

  it('starts the engine in WebAssembly with Node, and other programs as they are', () => {
    vi.stubEnv('PRISMA_SCHEMA_ENGINE_BINARY', schemaEngine);
    const options = { cwd: '/' };

    useSchemaEngine();
    childProcess.spawn(schemaEngine, ['--version'], options);
    childProcess.spawn('node.exe', [schemaEngine, '--version'], options);
    childProcess.spawn('another', ['--version'], options);

    expect(spawned.mock.calls).toEqual([
      [process.execPath, [schemaEngine, '--version'], options],
      [process.execPath, [schemaEngine, '--version'], options],
      ['another', ['--version'], options],
    ]);
  });
});

it('is the engine of the Prisma that is installed', () => {
  const service = createRequire(import.meta.url);
  const prisma = createRequire(service.resolve('prisma/package.json'));
  const engines = createRequire(prisma.resolve('@prisma/engines/package.json'));
  const versionIn = (manifest: unknown) => (manifest as { version: string }).version;

  const expected = versionIn(engines('@prisma/engines-version/package.json'));

  const manifest = service
    .resolve('@prisma/schema-engine-wasm')
    .replace('schema_engine.js', 'package.json');
  expect(versionIn(service(manifest))).toBe(expected);
});
