import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { featureNames } from '../../generators/app/options.ts';
import { missingDocker } from '../support/docker.ts';
import { addTests } from '../support/made-service-tests.ts';
import { npm, npmWith } from '../support/npm-script.ts';
import { runCli } from '../support/run-cli.ts';
import { unusualEnvironment } from '../support/unusual-environment.ts';

const missing = await missingDocker();

describe('a made service with the tests of what its user does not change', () => {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'clean-flask-ts-')));
  const folder = join(cwd, 'shop');
  let files: readonly string[] = [];

  beforeAll(async () => {
    const features = ['--features', featureNames.join(',')];
    const args = ['shop', '--yes', ...features, '--skip-check', '--no-git'];
    expect(await runCli(args, { cwd })).toMatchObject({ exitCode: 0 });
    files = addTests(folder);
  });
  afterAll(() => {
    rmSync(cwd, { recursive: true, force: true });
  });

  it('is linted and type-checked', async () => {
    await npm(folder, 'run', 'lint');
  });

  it('passes them on the embedded database, whatever else the environment holds', async () => {
    const variables = { ...unusualEnvironment(), TEST_DATABASE: 'embedded' };
    const output = await npmWith(variables, folder, 'test', '--', ...files);
    expect(output).toContain('Test database: embedded PostgreSQL');
  });

  it.skipIf(missing !== undefined)(
    `passes them on a container (Docker: ${missing ?? 'available'})`,
    async () => {
      const output = await npmWith({ TEST_DATABASE: 'container' }, folder, 'test', '--', ...files);
      expect(output).toContain('Test database: PostgreSQL in a container');
    },
  );
});
