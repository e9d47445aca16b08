import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { createPrismaProject } from '../../support/prisma-project.ts';
import { serviceFolder } from '../../support/run-prisma.ts';
import { createEmptyDatabase } from '../../support/test-database.ts';

vi.setConfig({ testTimeout: 120_000 });

async function createProject() {
  const [project, database] = await Promise.all([createPrismaProject(), createEmptyDatabase()]);
  onTestFinished(async () => {
    await Promise.all([project.remove(), database.close()]);
  });
  const migrations = path.join(project.folder, 'prisma', 'migrations');
  return {
    write: project.write,
    migrateDev: (...args: string[]) =>
      new Promise<{ status: unknown; output: string }>((resolve) => {
        const script = path.join(serviceFolder, 'scripts', 'migrate-dev.mjs');
        const options = {
          cwd: project.folder,
          env: { ...process.env, DATABASE_URL: database.url, NO_COLOR: '1' },
        };
        execFile(process.execPath, [script, ...args], options, (error, stdout, stderr) => {
          resolve({ status: error ? error.code : 0, output: stdout + stderr });
        });
      }),
    async migrations() {
      const entries = await readdir(migrations, { withFileTypes: true });
      return entries
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort();
    },
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
