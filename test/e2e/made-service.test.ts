import { mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { featureNames } from '../../generators/app/options.ts';
import { missingDocker } from '../support/docker.ts';
import { makeInstalledService } from '../support/installed-service.ts';
import { addTests } from '../support/made-service-tests.ts';
import { npm, npmWith } from '../support/npm-script.ts';
import { unusualEnvironment } from '../support/unusual-environment.ts';

const missing = await missingDocker();
/** What a test imports, or injects, that uses the database of the run. */
const USES_DATABASE = /support\/(test-database|test-app|deployment)\.ts'|inject\('testServer'\)/;

describe('a made service with the tests of what its user does not change', () => {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'clean-flask-ts-')));
  const folder = join(cwd, 'shop');
  let files: readonly string[] = [];

  beforeAll(async () => {
    await makeInstalledService(cwd, 'shop', '--features', featureNames.join(','));
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
    `passes those that use the database on a container (Docker: ${missing ?? 'available'})`,
    async () => {
      const using = files.filter((file) =>
        USES_DATABASE.test(readFileSync(join(folder, file), 'utf8')),
      );
      expect(using).not.toEqual([]);
      const output = await npmWith({ TEST_DATABASE: 'container' }, folder, 'test', '--', ...using);
      expect(output).toContain('Test database: PostgreSQL in a container');
    },
  );
});
