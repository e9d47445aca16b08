import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { childEnvironment } from '../../lib/process/child-environment.ts';
import { featureNames } from '../../generators/app/options.ts';
import {
  type PackageManager,
  packageManagers,
} from '../../lib/package-manager/package-managers.ts';
import { missingDocker } from './docker.ts';
import { IDENTITY } from './identity.ts';
import { testImage } from './image.ts';
import { addTests } from './made-service-tests.ts';
import { npm, npmRegistry } from './npm-script.ts';
import { runCli } from './run-cli.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { WORKSPACES } from './workspaces.ts';
import { writeFiles } from './write-files.ts';

const missing = await missingDocker();
const DATABASE = missing === undefined ? 'PostgreSQL in a container' : 'embedded PostgreSQL';
/** Characters that file formats, shells and templates take for their own. */
const NAME = '7-up.x_y';
const DESCRIPTION = `"It's" * <b> \\n | \`x\` \${y} __z__ 🙂`;
const ODD_ANSWERS = ['--prefix', 'a/b', '--port', '8080', '--description', DESCRIPTION];

/** Installs a package manager as pipelines do, and gives the PATH on which it is found first. */
async function setUp(packageManager: PackageManager, folder: string): Promise<string> {
  mkdirSync(folder);
  const [, ...args] = packageManagers[packageManager].setUp?.split(' ') ?? [];
  await npm(folder, ...args, '--prefix', folder);
  return [join(folder, process.platform === 'win32' ? '' : 'bin'), process.env.PATH].join(
    delimiter,
  );
}

/** Tests of a package manager that is not npm. They share one service, so they run in order. */
export function testPackageManager(packageManager: Exclude<PackageManager, 'npm'>): void {
  const { lock, install, frozenInstall } = packageManagers[packageManager];
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'clean-flask-ts-')));
  const folder = join(cwd, NAME);
  let PATH = '';

  beforeAll(async () => {
    PATH = await setUp(packageManager, join(cwd, 'tools'));
  });
  afterAll(() => {
    rmSync(cwd, { recursive: true, force: true });
  });

  it('installs a service with odd answers that passes its checks, and a lock for pipelines', async () => {
    // A package further up, which is no workspace, and a pipeline must not change what is done.
    writeFiles(cwd, { 'package.json': '{"name": "around"}' });
    // Yarn is configured apart from npm.
    const YARN_NPM_REGISTRY_SERVER = await npmRegistry();
    const env = { ...IDENTITY, CI: 'true', PATH, YARN_NPM_REGISTRY_SERVER };
    const features = featureNames.join(',');
    const args = [NAME, '--package-manager', packageManager, '--features', features, '--yes'];
    const run = await runCli([...args, '--no-example', ...ODD_ANSWERS], { cwd, env });

    expect({ exitCode: run.exitCode, stderr: run.stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(run.stdout).toContain(`tests passed on ${DATABASE}`);
    const log = readFileSync(join(folder, '.clean-flask-ts', 'self-check.log'), 'utf8');
    const commands = log.split('\n').filter((line) => line.startsWith(`$ ${packageManager} `));
    // The checks run side by side, and each is logged when it ends.
    expect(commands.toSorted()).toEqual(
      [
        `$ ${[packageManager, ...install].join(' ')}`,
        ...['db:generate', 'lint:style', 'lint:layers', 'type-check', 'test'].map(
          (script) => `$ ${packageManager} run ${script}`,
        ),
      ].toSorted(),
    );
    const options = { cwd: folder, env: { ...childEnvironment(process.env), ...env } };
    const { stdout: status } = await execa('git', ['status', '--porcelain'], options);
    expect(status).toBe(`?? ${lock}`);
    expect(run.stdout).toContain(`  git add ${lock}\n`);

    const [program = '', ...words] = frozenInstall.split(' ');
    await execa(program, words, options);
    expect((await execa('git', ['status', '--porcelain'], options)).stdout).toBe(status);
  });

  it.skipIf(missing !== undefined)(
    `makes an image that its own test proves (Docker: ${missing ?? 'here'})`,
    async () => {
      expect(await testImage(folder, packageManager, PATH)).toMatch(
        /^ *Tests {2}\d+ passed \(\d+\)$/m,
      );
    },
  );

  it('installs a service into its workspace, by the lock of the root', async () => {
    const root = temporaryFolder();
    const service = join(root, 'packages', 'shop');
    writeFiles(root, {
      ...WORKSPACES[packageManager],
      'packages/other/package.json': '{"name": "other", "dependencies": {"is-odd": "3.0.0"}}',
    });
    await execa('git', ['init', '--quiet'], { cwd: root });
    // A pipeline must not change what is done.
    const env = { CI: 'true', PATH, YARN_NPM_REGISTRY_SERVER: await npmRegistry() };
    const options = { env: { ...childEnvironment(process.env), ...env } };
    await execa(packageManager, install, { ...options, cwd: root });
    const args = ['packages/shop', '--yes', '--no-example', '--features', 'none', '--skip-check'];
    const run = await runCli(args, { cwd: root, env });

    expect({ exitCode: run.exitCode, stderr: run.stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(run.notes.join('\n')).toContain(join(root, lock));
    const locked = readFileSync(join(root, lock), 'utf8');
    expect(locked).toContain('is-odd');
    expect(locked).toContain('fastify');
    const [program = '', ...words] = frozenInstall.split(' ');
    await execa(program, words, { ...options, cwd: root });
    expect(existsSync(join(service, lock))).toBe(false);
    // What looks for packages, which may be further up.
    addTests(service);
    const tests = ['tests/unit/architecture', 'tests/integration/tools/generate.test.ts'];
    for (const script of [['db:generate'], ['lint:layers'], ['type-check'], ['test', ...tests]]) {
      await execa(packageManager, ['run', ...script], { ...options, cwd: service });
    }
  });
}
