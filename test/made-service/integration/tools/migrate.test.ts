import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createPrismaProject } from '../../support/prisma-project.ts';
import { query } from '../../support/query.ts';
import { programEnvironment, serviceFolder } from '../../support/run-prisma.ts';
import { createEmptyDatabase } from '../../support/test-database.ts';

async function createProject(schema = 'public') {
  const [project, database] = await Promise.all([createPrismaProject(), createEmptyDatabase()]);
  onTestFinished(async () => {
    await Promise.all([project.remove(), database.close()]);
  });
  const url = new URL(database.url);
  url.searchParams.set('schema', schema);
  const migrations = path.join(project.folder, 'prisma', 'migrations');
  return {
    write: project.write,
    migrateDev: (...args: string[]) =>
      new Promise<{ status: unknown; output: string }>((resolve) => {
        const script = path.join(serviceFolder, 'tools', 'database.mjs');
        const options = {
          cwd: project.folder,
          env: programEnvironment({ DATABASE_URL: url.href }),
        };
        execFile(
          process.execPath,
          [script, 'migrate', ...args],
          options,
          (error, stdout, stderr) => {
            resolve({ status: error ? error.code : 0, output: stdout + stderr });
          },
        );
      }),
    async migrations() {
      const entries = await readdir(migrations, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort();
    },
    query: (sql: string) => query(database.url, sql),
    files: (migration: string) => readdir(path.join(migrations, migration)),
    read: (migration: string, file: string) =>
      readFile(path.join(migrations, migration, file), 'utf8'),
  };
}

it('writes beside a new migration what undoes it', async () => {
  const project = await createProject();
  const table = 'CREATE TABLE "Note" (id INT4 NOT NULL, CONSTRAINT "Note_pkey" PRIMARY KEY (id));';
  await project.write('migrations/1_create_note/migration.sql', table);
  await project.write('schema/note.prisma', 'model Note {\n  id Int @id\n  text String?\n}\n');

  const { status, output } = await project.migrateDev('--name', 'add-text', '--create-only');

  expect({ status, output }).toMatchObject({ status: 0 });
  const [first = '', second = '', ...others] = await project.migrations();
  expect([first, second, others]).toEqual([
    '1_create_note',
    expect.stringMatching(/^\d{14}_add_text$/),
    [],
  ]);
  expect(await project.files(first)).toEqual(['migration.sql']);
  expect(await project.read(second, 'migration.sql')).toContain('ADD COLUMN     "text" TEXT;');
  expect(await project.read(second, 'down.sql')).toContain('DROP COLUMN "text";');
  expect(output).toContain(path.join(second, 'down.sql'));
});

it('makes nothing of a schema that is not valid', async () => {
  const project = await createProject();
  await project.write('schema/note.prisma', 'model Note {}\n');

  expect((await project.migrateDev('--name', 'create-note')).status).toBe(1);
  expect(await project.migrations()).toEqual([]);
});

it('asks for no name where it cannot prompt, and says what to type', async () => {
  const project = await createProject();
  await project.write('schema/note.prisma', 'model Note {\n  id Int @id\n}\n');

  const { status, output } = await project.migrateDev('--create-only');

  expect(status).toBe(2);
  expect(output).toContain('--name add-title');
  expect(await project.migrations()).toEqual([]);
});

it('leaves transactions and the schema to whoever runs the scripts', async () => {
  const project = await createProject('app');
  const enumOf = (...values: string[]) =>
    `enum Color {\n  ${values.join('\n  ')}\n}\n\nmodel Note {\n  id Int @id\n  color Color @default(RED)\n}\n`;
  await project.write('schema/note.prisma', enumOf('RED'));
  expect(await project.migrateDev('--name', 'first')).toMatchObject({ status: 0 });
  await project.write('schema/note.prisma', enumOf('RED', 'GREEN'));
  expect(await project.migrateDev('--name', 'second')).toMatchObject({ status: 0 });

  const [first = '', second = ''] = await project.migrations();
  const scripts = await Promise.all(
    [first, second].flatMap((migration) =>
      ['migration.sql', 'down.sql'].map((file) => project.read(migration, file)),
    ),
  );
  expect(scripts.filter((script) => script.includes('"app"'))).toEqual([]);
  const down = await project.read(second, 'down.sql');
  expect(down).toContain('CREATE TYPE "Color_new" AS ENUM (\'RED\');');
  expect(down).not.toMatch(/^(BEGIN|COMMIT);$/m);
  await project.query(`SET search_path TO app; BEGIN; ${down}; COMMIT`);
  expect(await project.query('SELECT enum_range(NULL::app."Color")::text AS range')).toEqual([
    { range: '{RED}' },
  ]);
});
