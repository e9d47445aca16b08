import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childEnvironment } from '../../lib/process/child-environment.ts';
import { dockerObjects, missingDocker, startPostgres } from '../support/docker.ts';
import { testImage } from '../support/image.ts';
import { makeInstalledService } from '../support/installed-service.ts';
import { npm } from '../support/npm-script.ts';
import { writeFiles } from '../support/write-files.ts';

const missing = await missingDocker();

describe.skipIf(missing !== undefined)(`a made service with Docker (${missing ?? 'here'})`, () => {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'clean-flask-ts-')));
  const folder = join(cwd, 'shop');

  beforeAll(async () => {
    await makeInstalledService(cwd, 'shop', '--features', 'docker');
    await npm(folder, 'run', 'db:generate');
  });
  afterAll(() => {
    rmSync(cwd, { recursive: true, force: true });
  });

  describe('its test run', () => {
    beforeAll(() => {
      writeFiles(folder, { 'tests/integration/crash.test.ts': testThat('process.exit(1);') });
      writeFiles(folder, { 'tests/integration/pass.test.ts': testThat('') });
      // Only process tests get the bundled programs.
      writeFiles(folder, { 'tests/process/busy.test.ts': BUSY_TEST });
    });
    afterAll(() => {
      for (const name of ['integration/crash', 'integration/pass', 'process/busy']) {
        rmSync(join(folder, `tests/${name}.test.ts`));
      }
    });

    it.each([
      ['passes', 'integration/pass', 0],
      ['crashes', 'integration/crash', 1],
    ])('removes its container when it %s', async (_, name, exitCode) => {
      const before = await dockerObjects();
      const run = startTests(name);
      await expect.poll(() => run.made(before)).not.toEqual([]);
      expect((await run.child).exitCode).toBe(exitCode);
      expect(await run.made(before)).toEqual([]);
    });

    it('removes its container when the migrations cannot be applied', async () => {
      const before = await dockerObjects();
      const migration = 'prisma/migrations/99999999999999_broken';
      writeFiles(folder, { [`${migration}/migration.sql`]: 'nonsense;' });
      const run = startTests('integration/pass');
      expect((await run.child).exitCode).toBe(1);
      expect(run.output()).toContain('syntax error at or near "nonsense"');
      expect(await run.made(before)).toEqual([]);
      rmSync(join(folder, migration), { recursive: true });
    });

    it('says so when Ryuk is not there to remove the container of a killed run', async () => {
      const run = startTests('integration/pass', { TESTCONTAINERS_RYUK_DISABLED: 'true' });
      await run.child;
      expect(run.output()).toContain('Ryuk is not running (TESTCONTAINERS_RYUK_DISABLED is set)');
    });

    it('on a server of the user drops its own databases and stale ones, and no others', async () => {
      const server = await startPostgres();
      try {
        const stale = 'vitest_20200131235959_0123456789ab_template';
        const others = [
          'vitest',
          'vitest_20200131235959_mine',
          'vitest_99991231235959_0123456789ab_x',
        ];
        for (const name of [stale, ...others]) await server.create(name);
        const before = await server.databases();
        const environment = { TEST_DATABASE: 'url', TEST_DATABASE_URL: server.url };
        const run = startTests('integration/pass', environment);
        expect((await run.child).exitCode).toBe(0);
        expect(await server.databases()).toEqual(before.filter((name) => name !== stale));
      } finally {
        await server.stop();
      }
    });

    it('leaves no process behind, and creates no more databases, when it is terminated', async () => {
      const server = await startPostgres();
      try {
        const run = startTests('process/busy', {
          TEST_DATABASE: 'url',
          TEST_DATABASE_URL: server.url,
        });
        await expect.poll(() => run.output()).toContain('SERVES http');
        const [, address = ''] = /SERVES (\S+)/.exec(run.output()) ?? [];
        const answers = () => fetch(address).then(Boolean, () => false);
        expect(await answers()).toBe(true);
        process.kill(run.pid, 'SIGTERM');
        await run.child;
        await expect.poll(answers).toBe(false);
        const left = await server.databases();
        await setTimeout(1000);
        expect(await server.databases()).toEqual(left);
      } finally {
        await server.stop();
      }
    });
  });

  it('has an image that works', async () => {
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

/** A test file of the service that has started a server and makes databases without end. */
const BUSY_TEST = `
  import { setTimeout } from 'node:timers/promises';
  import { it } from 'vitest';
  import { startServer } from '../support/programs.ts';
  import { createEmptyDatabase } from '../support/test-database.ts';

  it('is busy', async () => {
    const { url } = await startServer({ DATABASE_URL: (await createEmptyDatabase()).url });
    console.log('SERVES ' + url);
    for (;;) await Promise.all([createEmptyDatabase(), setTimeout(200)]);
  });`;

/** A test file of the service that does something once it has a database. */
function testThat(does: string): string {
  return `
    import { it } from 'vitest';
    import { createTestDatabase } from '../support/test-database.ts';

    it('has a database', async () => {
      await createTestDatabase();
      console.log('HAS A DATABASE');
      ${does}
    });`;
}
