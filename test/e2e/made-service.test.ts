import { cpSync, mkdtempSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { featureNames } from '../../generators/app/options.ts';
import { packageRoot } from '../../generators/app/package-root.ts';
import { missingDocker } from '../support/docker.ts';
import { npm } from '../support/npm-script.ts';
import { runCli } from '../support/run-cli.ts';

const MINUTES_15 = 900_000;
/** Tests of what a made service holds and its user does not change; they run as its own. */
const TESTS = join(packageRoot, 'test', 'made-service');
const missing = await missingDocker();

describe('a made service with the tests of its tools', () => {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'clean-flask-ts-')));
  const folder = join(cwd, 'shop');

  beforeAll(async () => {
    const features = ['--features', featureNames.join(',')];
    const args = ['shop', '--yes', ...features, '--skip-check', '--no-git'];
    expect(await runCli(args, { cwd, timeout: MINUTES_15 })).toMatchObject({ exitCode: 0 });
    cpSync(TESTS, join(folder, 'tests'), { recursive: true });
  }, MINUTES_15);
  afterAll(() => {
    rmSync(cwd, { recursive: true, force: true });
  });

  it('is linted and type-checked', async () => {
    await npm(folder, 'run', 'lint');
  });

  it('passes them on the embedded database', async () => {
    expect(await runTests('embedded')).toContain('Test database: embedded PostgreSQL');
  });

  it.skipIf(missing !== undefined)(
    `passes them on a container (Docker: ${missing ?? 'available'})`,
    async () => {
      expect(await runTests('container')).toContain('Test database: PostgreSQL in a container');
    },
  );

  /** Runs them, and nothing else, to their end; throws when one of them fails. */
  function runTests(database: string): Promise<string> {
    const files = readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.test.ts'))
      .map((file) => join('tests', file));
    return npm(folder, { TEST_DATABASE: database }, 'test', '--', ...files);
  }
});
