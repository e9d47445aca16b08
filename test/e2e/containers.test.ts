import { mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childEnvironment } from '../../generators/app/child-environment.ts';
import { dockerObjects, missingDocker, startPostgres } from '../support/docker.ts';
import { testImage } from '../support/image.ts';
import { npm } from '../support/npm-script.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { writeFiles } from '../support/write-files.ts';

const MINUTES_15 = 900_000;
const missing = await missingDocker();

describe.skipIf(missing !== undefined)(`a made service with Docker (${missing ?? 'here'})`, () => {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'clean-flask-ts-')));
  const folder = join(cwd, 'shop');

  beforeAll(async () => {
    const args = ['shop', '--yes', '--features', 'docker', '--skip-check', '--no-git'];
    expect(await runCli(args, { cwd, timeout: MINUTES_15 })).toMatchObject({ exitCode: 0 });
    await npm(folder, 'run', 'db:generate');
  }, MINUTES_15);
  afterAll(() => {
    rmSync(cwd, { recursive: true, force: true });
  });

  describe('its test run in one container', () => {
    beforeAll(() => {
      writeFiles(folder, { 'tests/hang.test.ts': testThat('await new Promise(() => {});') });
      writeFiles(folder, { 'tests/crash.test.ts': testThat('process.exit(1);') });
      writeFiles(folder, { 'tests/pass.test.ts': testThat('') });
      writeFiles(folder, { 'tests/busy.test.ts': BUSY_TEST });
    });
    afterAll(() => {
      for (const name of ['hang', 'crash', 'pass', 'busy']) {
        rmSync(join(folder, `tests/${name}.test.ts`));
      }
    });

    it.each([
      ['passes', 'pass', 0],
      ['crashes', 'crash', 1],
    ])('leaves nothing behind when it %s', async (_, name, exitCode) => {
      const before = await dockerObjects();
      const run = startTests(name);
      await expect.poll(() => run.made(before), { timeout: 60_000 }).toHaveLength(1);
      expect((await run.child).exitCode).toBe(exitCode);
      expect(await run.made(before)).toEqual([]);
    });

    it('leaves nothing behind when it cannot start', async () => {
      const before = await dockerObjects();
      const migration = 'prisma/migrations/99999999999999_broken';
      writeFiles(folder, { [`${migration}/migration.sql`]: 'nonsense;' });
      const run = startTests('pass');
      expect((await run.child).exitCode).toBe(1);
      expect(run.output()).toContain('syntax error at or near "nonsense"');
      expect(await run.made(before)).toEqual([]);
      rmSync(join(folder, migration), { recursive: true });
    });

    it.each([
      ['interrupted by Ctrl-C', 'SIGINT', 'group'],
      ['terminated alone', 'SIGTERM', 'process'],
      ['killed with all that it started', 'SIGKILL', 'group'],
    ] as const)('leaves nothing behind when it is %s', async (_, signal, target) => {
      const before = await dockerObjects();
      const run = startTests('hang');
      await expect.poll(() => run.output(), { timeout: 60_000 }).toContain('HAS A DATABASE');
      expect(await run.made(before)).toHaveLength(1);
      process.kill(target === 'group' ? -run.pid : run.pid, signal);
      await run.child;
      await expect.poll(() => run.made(before), { timeout: 20_000 }).toEqual([]);
    });

    it('leaves no database behind on a server of somebody else when it is killed', async () => {
      const server = await startPostgres();
      try {
        const before = await server.databases();
        const run = startTests('hang', { TEST_DATABASE: 'url', TEST_DATABASE_URL: server.url });
        await expect.poll(() => run.output(), { timeout: 60_000 }).toContain('HAS A DATABASE');
        expect(await server.databases()).toHaveLength(before.length + 2);
        process.kill(-run.pid, 'SIGKILL');
        await expect.poll(() => server.databases(), { timeout: 20_000 }).toEqual(before);
      } finally {
        await server.stop();
      }
    });

    it('leaves no process, database or folder behind when it is terminated at work', async () => {
      const server = await startPostgres();
      try {
        const before = await server.databases();
        const TMPDIR = temporaryFolder();
        const onServer = { TEST_DATABASE: 'url', TEST_DATABASE_URL: server.url };
        const run = startTests('busy', { ...onServer, TMPDIR });
        await expect.poll(() => run.output(), { timeout: 60_000 }).toContain('SERVES http');
        const [, address = ''] = /SERVES (\S+)/.exec(run.output()) ?? [];
        const answers = () => fetch(address).then(Boolean, () => false);
        expect(await answers()).toBe(true);
        expect(testRuns(TMPDIR)).toHaveLength(1);
        process.kill(run.pid, 'SIGTERM');
        await run.child;
        await expect.poll(answers, { timeout: 20_000 }).toBe(false);
        await expect.poll(() => server.databases(), { timeout: 20_000 }).toEqual(before);
        await expect.poll(() => testRuns(TMPDIR), { timeout: 20_000 }).toEqual([]);
      } finally {
        await server.stop();
      }
    });
  });

  it('has an image that its own test proves', async () => {
    expect(await testImage(folder, 'npm')).toMatch(/^ *Tests {2}\d+ passed \(\d+\)$/m);
  });

  /** Starts one test file of the service on a container, as the leader of a process group. */
  function startTests(name: string, environment: NodeJS.ProcessEnv = {}) {
    const vitest = join(folder, 'node_modules', 'vitest', 'vitest.mjs');
    const child = execa(process.execPath, [vitest, 'run', `tests/${name}.test.ts`], {
      cwd: folder,
      env: { ...childEnvironment(process.env), TEST_DATABASE: 'container', ...environment },
      extendEnv: false,
      stdin: 'ignore',
      all: true,
      detached: true,
      reject: false,
    });
    let output = '';
    child.all.on('data', (chunk) => (output += String(chunk)));
    return {
      child,
      pid: Number(child.pid),
      output: () => output,
      made: async (before: readonly string[]) =>
        (await dockerObjects()).filter((object) => !before.includes(object)),
    };
  }
});

/** The folders of test runs in a folder. */
function testRuns(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.startsWith('test-run-'));
}

/** A test file of the service that has started a server and makes databases without end. */
const BUSY_TEST = `
  import { setTimeout } from 'node:timers/promises';
  import { it } from 'vitest';
  import { startServerProcess } from './support/server-process.ts';
  import { createEmptyDatabase } from './support/test-database.ts';

  it('is busy', async () => {
    const { url } = await startServerProcess({ DATABASE_URL: (await createEmptyDatabase()).url });
    console.log('SERVES ' + url);
    for (;;) await Promise.all([createEmptyDatabase(), setTimeout(200)]);
  });`;

/** A test file of the service that does something once it has a database. */
function testThat(does: string): string {
  return `
    import { it } from 'vitest';
    import { createTestDatabase } from './support/test-database.ts';

    it('has a database', async () => {
      await createTestDatabase();
      console.log('HAS A DATABASE');
      ${does}
    });`;
}
