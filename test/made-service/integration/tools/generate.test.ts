import { execFile } from 'node:child_process';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createPrismaProject, type PrismaProject } from '../../support/prisma-project.ts';
import { programEnvironment, serviceFolder } from '../../support/run-prisma.ts';

const GENERATOR = `
  generator client {
    provider = "prisma-client"
    output   = "../../generated"
  }`;
const NO_PROCESS = 2 ** 22 + 1; // more than any system hands out

describe('database.mjs generate', () => {
  let project: PrismaProject;
  let output: string;
  beforeEach(async () => {
    project = await createPrismaProject();
    onTestFinished(() => project.remove());
    output = path.join(project.folder, 'generated');
    await project.write('schema/client.prisma', GENERATOR);
    await writeModel('Note');
  });

  function writeModel(name: string) {
    return project.write('schema/model.prisma', `model ${name} {\n  id Int @id\n}\n`);
  }

  /** How often the Prisma CLI said that it generated the client, and the exit status. */
  function generate(): Promise<{ generated: number; status: unknown }> {
    const script = path.join(serviceFolder, 'tools/database.mjs');
    return new Promise((resolve) => {
      const options = { cwd: project.folder, env: programEnvironment({}) };
      execFile(process.execPath, [script, 'generate'], options, (error, stdout) => {
        const generated = stdout.split('Generated Prisma Client').length - 1;
        resolve({ generated, status: error ? error.code : 0 });
      });
    });
  }

  it('generates the client once, and again when its schema changes', async () => {
    expect(await generate()).toEqual({ generated: 1, status: 0 });
    expect(await generate()).toEqual({ generated: 0, status: 0 });

    await writeModel('Tag');
    expect(await generate()).toEqual({ generated: 1, status: 0 });
    expect(await readdir(path.join(output, 'models'))).toContain('Tag.ts');
  });

  it('generates it again when it was changed, or deleted in part', async () => {
    await generate();

    await writeFile(path.join(output, 'models/Note.ts'), '');
    expect(await generate()).toEqual({ generated: 1, status: 0 });
    await rm(path.join(output, 'models/Note.ts'));
    expect(await generate()).toEqual({ generated: 1, status: 0 });
    expect(await readFile(path.join(output, 'models/Note.ts'), 'utf8')).toContain('NoteModel');
  });

  it('generates it once when several runs start at the same time', async () => {
    const runs = await Promise.all([generate(), generate(), generate()]);

    expect(runs.map(({ status }) => status)).toEqual([0, 0, 0]);
    expect(runs.reduce((sum, { generated }) => sum + generated, 0)).toBe(1);
  });

  it('does not wait for a run that died', async () => {
    await generate();
    await writeModel('Tag');
    const lock = 'node_modules/.cache/clean-flask-ts/generate.lock';
    await writeFile(path.join(project.folder, lock), String(NO_PROCESS));

    expect(await generate()).toEqual({ generated: 1, status: 0 });
  });

  it('fails when the schema is invalid, and when it still is', async () => {
    await writeModel('');

    expect(await generate()).toEqual({ generated: 0, status: 1 });
    expect(await generate()).toEqual({ generated: 0, status: 1 });
  });
});
