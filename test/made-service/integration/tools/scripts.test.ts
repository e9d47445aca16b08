import { execFile } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { createPrismaProject, type PrismaProject } from '../../support/prisma-project.ts';
import { programEnvironment, serviceFolder } from '../../support/run-prisma.ts';

const GENERATOR = `
  generator client {
    provider = "prisma-client"
    output   = "../../generated"
  }
  model Note {
    id Int @id
  }`;
const SCRIPTS = {
  // Each of the two ends only when the other has started.
  one: 'node meet.js one two',
  two: 'node meet.js two one',
  fails: 'node fail.js && node meet.js never reached',
  versions: 'prettier --version && node answer.js',
  quoted: 'node -e "1"',
  missing: 'no-such-program',
};
const MEET = `
  const fs = require('node:fs');
  const [mine, other] = process.argv.slice(2);
  fs.writeFileSync(mine, '');
  while (!fs.existsSync(other));
  console.log('met ' + other);
`;
const FAIL = "console.log('to stdout'); console.error('to stderr'); process.exitCode = 3;";

describe('database.mjs scripts', () => {
  let project: PrismaProject;
  beforeEach(async () => {
    project = await createPrismaProject();
    onTestFinished(() => project.remove());
    await project.write('schema/client.prisma', GENERATOR);
    const manifest = { scripts: SCRIPTS, devDependencies: { prettier: '*' } };
    for (const [file, content] of [
      ['package.json', JSON.stringify(manifest)],
      ['meet.js', MEET],
      ['fail.js', FAIL],
      ['answer.js', 'console.log(42)'],
    ] as const) {
      await writeFile(path.join(project.folder, file), content);
    }
  });

  function run(...names: string[]): Promise<{ status: unknown; stdout: string; stderr: string }> {
    const script = path.join(serviceFolder, 'tools/database.mjs');
    return new Promise((resolve) => {
      const options = { cwd: project.folder, env: programEnvironment({}) };
      execFile(
        process.execPath,
        [script, 'scripts', ...names],
        options,
        (error, stdout, stderr) => {
          resolve({ status: error ? error.code : 0, stdout, stderr });
        },
      );
    });
  }

  it('generates the client, then runs the scripts side by side', async () => {
    const { status, stdout } = await run('one', 'two');

    expect(status).toBe(0);
    expect(stdout).toMatch(/Generated Prisma Client[^]+✓ /);
    expect(stdout).toContain('✓ one\nmet two\n');
    expect(stdout).toContain('✓ two\nmet one\n');
  });

  it('fails with the output of the command that fails, and starts none after it', async () => {
    const { status, stdout } = await run('fails', 'one', 'two');

    expect(status).toBe(1);
    expect(stdout).toMatch(/✗ fails\nto std(out|err)\nto std(out|err)\n/);
    expect(stdout).toContain('✓ one');
  });

  it("runs the programs of the project's dependencies", async () => {
    expect((await run('versions')).stdout).toMatch(/✓ versions\n\d+\.\d+\.\d+\n42\n/);
  });

  it.each([
    [[], 'Missing script'],
    [['absent'], 'Unknown script "absent"'],
    [['quoted'], 'Invalid script "quoted": expected commands without quotes and shell syntax'],
    [['missing'], 'No installed dependency provides the program "no-such-program"'],
  ])('refuses %j', async (names, message) => {
    const { status, stderr } = await run(...names);

    expect(status).toBe(2);
    expect(stderr).toContain(message);
  });
});
