import { existsSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { childEnvironment } from '../../lib/process/child-environment.ts';
import { isRecord, readJsonRecord } from '../../lib/json-record.ts';
import { featureNames } from '../../generators/app/options.ts';
import {
  type PackageManager,
  packageManagerNames,
  packageManagers,
} from '../../lib/package-manager/package-managers.ts';
import { missingDocker } from '../support/docker.ts';
import { IDENTITY } from '../support/identity.ts';
import { testImage } from '../support/image.ts';
import { addTests } from '../support/made-service-tests.ts';
import { npm, npmRegistry } from '../support/npm-script.ts';
import { runCli } from '../support/run-cli.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { writeFiles } from '../support/write-files.ts';

const MANIFEST = { name: 'root', workspaces: ['packages/*'] };
/** What makes a folder the root of a workspace that suits the service. */
const WORKSPACES = {
  npm: { 'package.json': JSON.stringify(MANIFEST) },
  pnpm: {
    'package.json': '{"name": "root"}',
    'pnpm-workspace.yaml': 'packages: ["packages/*"]\nignoreScripts: true\n',
  },
  yarn: {
    'package.json': JSON.stringify(MANIFEST),
    'yarn.lock': '',
    '.yarnrc.yml': 'nodeLinker: node-modules\nenableScripts: false\n',
  },
  bun: { 'package.json': JSON.stringify({ ...MANIFEST, trustedDependencies: [] }) },
};
const missing = await missingDocker();

/** Installs a package manager as pipelines do, and gives the PATH on which it is found first. */
async function setUp(packageManager: PackageManager, folder: string): Promise<string> {
  mkdirSync(folder);
  const [, ...args] = packageManagers[packageManager].setUp?.split(' ') ?? [];
  await npm(folder, ...args, '--prefix', folder);
  return [join(folder, process.platform === 'win32' ? '' : 'bin'), process.env.PATH].join(
    delimiter,
  );
}

describe.each(packageManagerNames.filter((name) => name !== 'npm'))('%s', (packageManager) => {
  const { lock, install, frozenInstall } = packageManagers[packageManager];
  const cwd = realpathSync(mkdtempSync(join(tmpdir(), 'clean-flask-ts-')));
  const folder = join(cwd, 'shop');
  let PATH = '';

  beforeAll(async () => {
    PATH = await setUp(packageManager, join(cwd, 'tools'));
  });
  afterAll(() => {
    rmSync(cwd, { recursive: true, force: true });
  });

  it('installs a service that proves itself, with a lock that pipelines accept', async () => {
    // A package further up, which is no workspace, and a pipeline must not change what is done.
    writeFiles(cwd, { 'package.json': '{"name": "around"}' });
    // Yarn is configured apart from npm.
    const YARN_NPM_REGISTRY_SERVER = await npmRegistry();
    const env = { ...IDENTITY, CI: 'true', PATH, YARN_NPM_REGISTRY_SERVER };
    const features = featureNames.join(',');
    const args = ['shop', '--package-manager', packageManager, '--features', features, '--yes'];
    const run = await runCli([...args, '--no-example'], { cwd, env });

    expect({ exitCode: run.exitCode, stderr: run.stderr }).toEqual({ exitCode: 0, stderr: '' });
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
    await execa(packageManager, ['run', 'lint'], { ...options, cwd: service });
    // What looks for packages, which may be further up.
    addTests(service);
    const tests = ['tests/unit/architecture', 'tests/integration/tools/generate.test.ts'];
    await execa(packageManager, ['run', 'test', ...tests], { ...options, cwd: service });
  });
});

describe('npm', () => {
  it('installs a service into its workspace, by the lock of the root', async () => {
    const root = temporaryFolder();
    const folder = join(root, 'packages', 'shop');
    writeFiles(root, {
      ...WORKSPACES.npm,
      'packages/other/package.json': '{"name": "other"}',
    });
    // Not the newest that the manifest then allows.
    await npm(root, 'install', '--workspace', 'other', '--save-prefix', '^', 'is-odd@3.0.0');
    const packages = () => readJsonRecord(join(root, 'package-lock.json')).packages;
    expect(packages()).toMatchObject({ 'node_modules/is-odd': { version: '3.0.0' } });

    await execa('git', ['init', '--quiet'], { cwd: root });
    const args = ['packages/shop', '--yes', '--no-example', '--features', 'none'];
    const run = await runCli(args, { cwd: root });

    expect({ exitCode: run.exitCode, stderr: run.stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(run.notes.join('\n')).toContain(join(root, 'package-lock.json'));
    expect(run.stdout).toContain('tests passed on');
    expect(run.stdout).toContain(`no new git repository: inside ${join(root, '.git')}`);
    const locked = packages();
    expect(locked).toMatchObject({
      'node_modules/is-odd': { version: '3.0.0' },
      'packages/other': { dependencies: { 'is-odd': '^3.0.0' } },
      'packages/shop': { version: '0.1.0' },
      'node_modules/shop': { resolved: 'packages/shop', link: true },
    });
    expect(isRecord(locked) && Object.keys(locked)).toContain('node_modules/fastify');
    await npm(folder, 'ci', '--dry-run');
  });
});
