import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { packageRoot } from '../../lib/package-root.ts';
import { startBusyLoops } from '../support/busy-loops.ts';
import { makeInstalledService } from '../support/installed-service.ts';
import { npm, npmWith } from '../support/npm-script.ts';

/** Tests that wait for processes, connections or timers; the others only take longer. */
const IN_SERVICE = [
  'tests/process/',
  'tests/integration/http/',
  'tests/integration/management/',
  ...['errors', 'health', 'limits'].map((name) => `tests/integration/api/${name}.test.ts`),
];
const IN_GENERATOR = ['test/lib/process/', 'test/lib/run/', 'test/tools/'];

// Side by side: each gets more of the machine the more there is to run.
describe.concurrent('beside six busy loops', () => {
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'clean-flask-ts-')));
  const folder = join(cwd, 'shop');
  let stopLoops: (() => Promise<void>) | undefined;

  beforeAll(async () => {
    await makeInstalledService(cwd, 'shop', '--features', 'none');
    stopLoops = startBusyLoops();
  });
  afterAll(async () => {
    await stopLoops?.();
    rmSync(cwd, { recursive: true, force: true });
  });

  it('a made service passes its tests', async () => {
    await npmWith({ TEST_DATABASE: 'embedded' }, folder, 'test', '--', ...IN_SERVICE);
  });

  it('the generator passes its fast tests', async () => {
    const vitest = ['exec', '--', 'vitest', 'run', '--project', 'unit'];
    await npm(packageRoot, ...vitest, ...IN_GENERATOR);
  });
});
