import childProcess, { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { text } from 'node:stream/consumers';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished, vi } from 'vitest';
import { useWasmSchemaEngine } from '../../../scripts/use-wasm-schema-engine.mjs';
import { schemaEngine } from '../../support/run-prisma.ts';
import { createEmptyDatabase, type TestDatabase } from '../../support/test-database.ts';

vi.setConfig({ testTimeout: 120_000 });

let database: TestDatabase;

beforeAll(async () => {
  database = await createEmptyDatabase();
});
afterAll(() => database.close());

async function query(sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows;
  } finally {
    await client.end();
  }
}

/** Runs the engine's program to its end. */
async function run(programArguments: string[], input = '') {
  const engine = spawn(process.execPath, [schemaEngine, ...programArguments]);
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

describe('a shadow database that is configured', () => {
  const migrationsList = {
    baseDir: '',
    lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"' },
    shadowDbInitScript: '',
    migrationDirectories: [],
  };
  const compareMigrations = request(1, 'diff', {
    from: { tag: 'migrations', ...migrationsList },
    to: { tag: 'empty' },
    script: false,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  });

  it('is emptied before use', async () => {
    await query('CREATE SCHEMA other; CREATE TABLE other.remains (); CREATE TABLE remains ()');

    const { messages } = await converse({ shadowDatabaseUrl: database.url }, [compareMigrations]);

    expect(messages).toContainEqual({
      jsonrpc: '2.0',
      id: 1,
      result: { exitCode: 0, stdout: 'No difference detected.\n' },
    });
    expect(await query("SELECT to_regclass('remains'), to_regnamespace('other')")).toEqual([
      { to_regclass: null, to_regnamespace: null },
    ]);
  });

  it('is refused if it is the main database', async () => {
    const datasource = { url: database.url, shadowDatabaseUrl: database.url };

    expect(await converse(datasource, [compareMigrations])).toMatchObject({
      messages: [
        { error: { message: expect.stringContaining('the same as the main database') as unknown } },
      ],
    });
  });

  it('is refused if it was migrated', async () => {
    await query('CREATE TABLE _prisma_migrations ()');
    onTestFinished(async () => {
      await query('DROP TABLE _prisma_migrations');
    });

    expect(await converse({ shadowDatabaseUrl: database.url }, [compareMigrations])).toMatchObject({
      messages: [
        { error: { message: expect.stringContaining('holds a history of migrations') as unknown } },
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
          fields: { message: 'There is no command "make-coffee"' },
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

    useWasmSchemaEngine();

    expect(process.env.PRISMA_SCHEMA_ENGINE_BINARY).toBe('/opt/engine');
    expect(childProcess.spawn).toBe(spawned);
  });

  it('starts the engine in WebAssembly with Node, and other programs as they are', () => {
    vi.stubEnv('PRISMA_SCHEMA_ENGINE_BINARY', schemaEngine);
    const options = { cwd: '/' };

    useWasmSchemaEngine();
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
