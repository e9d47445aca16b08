import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import net, { type AddressInfo } from 'node:net';
import path from 'node:path';
import { escapeIdentifier } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import type { TestDatabase } from '../../../tools/test-database.mjs';
import { createPrismaProject, type PrismaProject } from '../../support/prisma-project.ts';
import { query } from '../../support/query.ts';
import { runPrisma, serviceFolder } from '../../support/run-prisma.ts';
import { createEmptyDatabase } from '../../support/test-database.ts';

let database: TestDatabase;
let project: PrismaProject;

function prisma(command: string, environment?: NodeJS.ProcessEnv) {
  return project.prisma(command, { DATABASE_URL: database.url, ...environment });
}

function useNewProject(): void {
  beforeAll(async () => {
    [database, project] = await Promise.all([createEmptyDatabase(), createPrismaProject()]);
  });
  afterAll(async () => {
    await Promise.all([database.close(), project.remove()]);
  });
}

describe('a migration that fails', () => {
  useNewProject();

  it('is reported with what the server said and where', async () => {
    await project.write('migrations/1_good/migration.sql', 'CREATE TABLE good (id int);');
    await project.write(
      'migrations/2_bad/migration.sql',
      'CREATE TABLE half (id int);\n\nINSERT INTO nowhere VALUES (1);\n',
    );

    const { output, status } = await prisma('migrate deploy');

    expect(output).toContain(
      [
        'Error: P3018',
        '',
        'A migration failed to apply. New migrations cannot be applied before the error is ' +
          'recovered from. Read more about how to resolve migration issues in a production ' +
          'database: https://pris.ly/d/migrate-resolve',
        '',
        'Migration name: 2_bad',
        '',
        'Database error code: 42P01',
        '',
        'Database error:',
        'ERROR: relation "nowhere" does not exist',
        '',
        'Position:',
        '    1 CREATE TABLE half (id int);',
        '    2',
        '>   3 INSERT INTO nowhere VALUES (1);',
      ].join('\n'),
    );
    expect(status).toBe(1);
  });

  it('leaves nothing behind and keeps what was applied before', async () => {
    expect(
      await query(database.url, "SELECT to_regclass('good') AS good, to_regclass('half') AS half"),
    ).toEqual([{ good: 'good', half: null }]);
  });

  it('is named by status and stops later deployments', async () => {
    const [status, deploy] = await Promise.all([
      prisma('migrate status'),
      prisma('migrate deploy'),
    ]);

    expect(status.output).toContain('Following migration have failed:\n2_bad');
    expect(status.status).toBe(1);
    expect(deploy.output).toContain('Error: P3009');
    expect(deploy.status).toBe(1);
  });

  it('can be corrected and deployed', async () => {
    await project.write('migrations/2_bad/migration.sql', 'CREATE TABLE half (id int);');

    expect(await prisma('migrate resolve --rolled-back 2_bad')).toMatchObject({ status: 0 });
    expect(await prisma('migrate deploy')).toMatchObject({ status: 0 });
    expect(await query(database.url, "SELECT to_regclass('half') AS half")).toEqual([
      { half: 'half' },
    ]);
  });
});

describe('a project in development', () => {
  useNewProject();

  it('has its pending migrations listed', async () => {
    await project.write(
      'migrations/20200101000000_first/migration.sql',
      `CREATE TABLE "Note" (id int PRIMARY KEY, text text NOT NULL DEFAULT 'a;b');
       CREATE FUNCTION two() RETURNS int LANGUAGE plpgsql AS $$ BEGIN PERFORM 1; RETURN 2; END; $$;`,
    );
    await project.write(
      'schema/note.prisma',
      'model Note {\n  id Int @id\n  text String @default("a;b")\n}\n',
    );

    const { output, status } = await prisma('migrate status');

    expect(output).toContain('have not yet been applied:\n20200101000000_first');
    expect(status).toBe(1);
  });

  it('gets pending migrations applied and a new one made from its schema', async () => {
    await project.write('schema/tag.prisma', 'model Tag {\n  id Int @id\n}\n');

    const { output, status } = await prisma('migrate dev --name add-tag');

    expect({ output, status }).toMatchObject({ status: 0 });
    const migrations = await readdir(path.join(project.folder, 'prisma/migrations'));
    expect(migrations).toContainEqual(expect.stringMatching(/^\d{14}_add_tag$/));
    await query(database.url, 'INSERT INTO "Note" (id) VALUES (1); INSERT INTO "Tag" VALUES (1)');
    expect(await query(database.url, 'SELECT text, two() FROM "Note"')).toEqual([
      { text: 'a;b', two: 2 },
    ]);
  });

  it('is up to date', async () => {
    const [status, diff] = await Promise.all([
      prisma('migrate status'),
      prisma('migrate diff --from-config-datasource --to-schema prisma/schema --exit-code'),
    ]);

    expect(status.output).toContain('Database schema is up to date!');
    expect(status.status).toBe(0);
    expect(diff.output).toContain('No difference detected');
    expect(diff.status).toBe(0);
  });

  it('has the difference between database and schema printed as a script', async () => {
    await project.write('schema/tag.prisma', 'model Tag {\n  id Int @id\n  name String?\n}\n');

    const { output, status } = await prisma(
      'migrate diff --from-config-datasource --to-schema prisma/schema --exit-code --script',
    );

    expect(output).toContain('ALTER TABLE "Tag" ADD COLUMN     "name" TEXT;');
    expect(status).toBe(2);
  });
});

describe('statements that PostgreSQL refuses in a transaction', () => {
  useNewProject();

  it('run one by one, next to others in the same migration', async () => {
    await project.write(
      'migrations/1_indexes/migration.sql',
      `CREATE TABLE note (id int, text text DEFAULT 'a;b');
      -- Two; both concurrently.
      CREATE INDEX CONCURRENTLY by_id ON note (id);
      CREATE INDEX CONCURRENTLY by_text ON note (text) WHERE text <> $$;$$;`,
    );

    expect(await prisma('migrate deploy')).toMatchObject({ status: 0 });
    expect(
      await query(database.url, "SELECT to_regclass('by_id') AS a, to_regclass('by_text') AS b"),
    ).toEqual([{ a: 'by_id', b: 'by_text' }]);
  });

  it('leave what ran before one that fails', async () => {
    await project.write(
      'migrations/2_more/migration.sql',
      `CREATE INDEX CONCURRENTLY again ON note (id);
      CREATE INDEX CONCURRENTLY nowhere ON nothing (id);`,
    );

    const { output, status } = await prisma('migrate deploy');

    expect(output).toContain('ERROR: relation "nothing" does not exist');
    expect(status).toBe(1);
    expect(await query(database.url, "SELECT to_regclass('again') AS again")).toEqual([
      { again: 'again' },
    ]);
  });

  it('do not run at all in a migration that controls transactions', async () => {
    await project.write(
      'migrations/2_more/migration.sql',
      'BEGIN; CREATE TABLE half (); CREATE INDEX CONCURRENTLY more ON note (id); COMMIT;',
    );
    expect(await prisma('migrate resolve --rolled-back 2_more')).toMatchObject({ status: 0 });

    expect((await prisma('migrate deploy')).output).toContain('Database error code: 25001');
    expect(await query(database.url, "SELECT to_regclass('half') AS half")).toEqual([
      { half: null },
    ]);
  });
});

describe('a server that cannot be had', () => {
  it('is reported as unreachable, without the password', async () => {
    const DATABASE_URL = 'postgresql://someone:secret@127.0.0.1:1/nothing';

    const { output, status } = await runPrisma(serviceFolder, 'migrate deploy', {
      DATABASE_URL,
    });

    expect(output).toContain("Error: P1001: Can't reach database server at `127.0.0.1:1`");
    expect(output).not.toContain('secret');
    expect(status).toBe(1);
  });

  it('is not waited for if its server never answers', async () => {
    const silent = net.createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    onTestFinished(() => {
      silent.close();
    });
    const { port } = silent.address() as AddressInfo;
    const DATABASE_URL = `postgresql://someone@127.0.0.1:${port}/nothing?connect_timeout=1`;

    const { output, status } = await runPrisma(serviceFolder, 'migrate status', {
      DATABASE_URL,
    });

    expect(output).toContain(`Error: P1001: Can't reach database server at \`127.0.0.1:${port}\``);
    expect(status).toBe(1);
  });
});

// An embedded PostgreSQL has one database and one session.
describe.runIf(inject('testServer').kind === 'external')('a server with many databases', () => {
  useNewProject();

  it('gets a database that is missing', async () => {
    const missing = new URL(database.url);
    missing.pathname += '%22missing';
    const DATABASE_URL = missing.href;
    onTestFinished(async () => {
      await query(
        database.url,
        `DROP DATABASE ${escapeIdentifier(decodeURI(missing.pathname.slice(1)))}`,
      );
    });

    const status = await prisma('migrate status', { DATABASE_URL });
    const deploy = await prisma('migrate deploy', { DATABASE_URL });

    expect(status.output).toContain('Error: P1003: Database');
    expect(status.status).toBe(1);
    expect(deploy.output).toMatch(/PostgreSQL database .*missing created at/);
    expect(deploy.status).toBe(0);
  });

  it('is migrated by one deployment at a time', async () => {
    await project.write(
      'migrations/1_slow/migration.sql',
      'CREATE TABLE a (); SELECT pg_sleep(2);',
    );

    const results = await Promise.all([prisma('migrate deploy'), prisma('migrate deploy')]);

    const outputs = results.map(({ output }) => output).join();
    expect(outputs).toContain('All migrations have been successfully applied.');
    expect(outputs).toContain('No pending migrations to apply.');
    expect(results.map(({ status }) => status)).toEqual([0, 0]);
  });

  it('is migrated alike whatever the role has set', async () => {
    const role = `role_${randomUUID()}`;
    await query(
      database.url,
      `
      CREATE SCHEMA elsewhere;
      CREATE ROLE "${role}" SUPERUSER LOGIN PASSWORD 'secret';
      ALTER ROLE "${role}" SET search_path TO elsewhere;
      ALTER ROLE "${role}" SET timezone TO 'Asia/Kolkata';
      ALTER ROLE "${role}" SET datestyle TO 'SQL, DMY';
      ALTER ROLE "${role}" SET statement_timeout TO 500;
      ALTER ROLE "${role}" SET lock_timeout TO 1;
      ALTER ROLE "${role}" SET standard_conforming_strings TO off;
      ALTER ROLE "${role}" SET quote_all_identifiers TO on;
      ALTER ROLE "${role}" SET default_transaction_read_only TO on`,
    );
    onTestFinished(async () => {
      await query(database.url, `DROP OWNED BY "${role}"; DROP ROLE "${role}"`);
    });
    const url = new URL(database.url);
    Object.assign(url, { username: role, password: 'secret' });
    await project.write(
      'migrations/2_settings/migration.sql',
      String.raw`
        CREATE TABLE moment (at timestamptz DEFAULT '2024-02-01 00:00', path text DEFAULT 'a\b');
        INSERT INTO moment DEFAULT VALUES; SELECT pg_sleep(1);`,
    );
    const moments = `SELECT at, path FROM public.moment`;

    expect(await prisma('migrate deploy', { DATABASE_URL: url.href })).toMatchObject({ status: 0 });
    expect(await query(database.url, moments)).toEqual([
      { at: new Date('2024-02-01T00:00Z'), path: 'a\\b' },
    ]);
    expect(
      await query(database.url, "SELECT FROM pg_tables WHERE schemaname = 'elsewhere'"),
    ).toEqual([]);
    expect(
      await query(
        database.url,
        `
        SELECT migration_name FROM public._prisma_migrations
        WHERE finished_at NOT BETWEEN now() - interval '10 min' AND now()`,
      ),
    ).toEqual([]);
    expect(await prisma('migrate status', { DATABASE_URL: url.href })).toMatchObject({ status: 0 });
  });

  it('is migrated in the schema that the connection string names', async () => {
    const url = new URL(database.url);
    url.searchParams.set('schema', 'app');

    expect(await prisma('migrate deploy', { DATABASE_URL: url.href })).toMatchObject({ status: 0 });
    expect(
      await query(
        database.url,
        "SELECT tablename FROM pg_tables WHERE schemaname = 'app' ORDER BY 1",
      ),
    ).toEqual([{ tablename: '_prisma_migrations' }, { tablename: 'a' }, { tablename: 'moment' }]);
  });
});
