import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderService } from '../../generators/app/render-service.ts';
import { renderByVersion } from '../../generators/update/published-version.ts';
import { packageRoot, version as THIS_VERSION } from '../../lib/package-root.ts';
import { IDENTITY } from '../support/identity.ts';
import { startRegistry } from '../support/local-registry.ts';
import {
  hasReleases,
  type OlderPackage,
  PACKAGE,
  packOlderVersions,
} from '../support/older-packages.ts';
import { renderedText, serviceAnswers } from '../support/rendered.ts';
import { runCli } from '../support/run-cli.ts';
import { writeFiles } from '../support/write-files.ts';

const COMMAND = 'npm create clean-flask-ts@latest ';
const FEATURES = ['docker', 'azure-pipelines'] as const;
const work = realpathSync(mkdtempSync(join(tmpdir(), 'clean-flask-ts-')));
const history = hasReleases();
if (!history) console.warn('SKIPPED: this clone does not hold the commits of earlier versions.');

let packages: OlderPackage[] = [];
let registry = { url: '', stop: (): unknown => undefined };

/** Runs the program of an earlier version. */
async function runOlder({ cli }: OlderPackage, args: readonly string[], cwd = work): Promise<void> {
  await execa(process.execPath, [cli, ...args], { cwd, env: IDENTITY, stdin: 'ignore' });
}

/** Makes a service by an earlier version, with one commit. */
async function make(older: OlderPackage, ...more: string[]): Promise<string> {
  const folder = join(work, `by-${older.version}`, 'shop');
  mkdirSync(join(folder, '..'));
  await runOlder(older, [folder, '--yes', '--features', FEATURES.join(','), ...more]);
  return folder;
}

/** Runs this version in a service. */
async function run(folder: string, ...args: string[]) {
  const env = { ...IDENTITY, npm_config_registry: registry.url };
  return runCli(args, { cwd: folder, env });
}

async function git(folder: string, ...args: string[]): Promise<string> {
  return (await execa('git', args, { cwd: folder, env: IDENTITY })).stdout;
}

async function committed(folder: string): Promise<Record<string, string>> {
  const paths = (await git(folder, 'ls-files')).split('\n');
  return Object.fromEntries(
    paths.map((path) => [path, readFileSync(join(folder, path), 'utf8')] as const),
  );
}

/** An update leaves the migrations of a service as they are. */
function withoutMigrations(files: Record<string, string>): Record<string, string> {
  const others = Object.entries(files).filter(([path]) => !path.startsWith('prisma/migrations/'));
  return Object.fromEntries(others);
}

describe.runIf(history)('an update from an earlier version', () => {
  beforeAll(async () => {
    packages = await packOlderVersions(join(work, 'versions'));
    registry = await startRegistry(PACKAGE, packages);
    process.env['npm_config_registry'] = registry.url;
  });

  afterAll(() => {
    registry.stop();
    rmSync(work, { recursive: true, force: true });
  });

  it('knows each version of the changelog', () => {
    const changelog = readFileSync(join(packageRoot, 'CHANGELOG.md'), 'utf8');
    const versions = [...changelog.matchAll(/^## (\S+)/gm)].map(([, version]) => version);
    expect([...packages.map(({ version }) => version), THIS_VERSION]).toEqual(
      versions.toReversed(),
    );
  });

  it('starts from the very bytes that each had made, and ends with those of this version', async () => {
    const answers = serviceAnswers({ name: 'shop', features: FEATURES });
    const wanted = renderService(answers).map(({ path, contents }) => [path, String(contents)]);
    for (const older of packages) {
      const { version } = older;
      const folder = await make(older, '--skip-install');
      const again = await renderByVersion(version, folder, answers);
      if ('problem' in again) throw new Error(again.problem);
      const texts = again.files.map(({ path, contents }) => [path, String(contents)] as const);
      expect({ version, files: withoutMigrations(Object.fromEntries(texts)) }).toEqual({
        version,
        files: withoutMigrations(await committed(folder)),
      });

      writeFiles(folder, { '.git/info/exclude': 'node_modules\n' });
      symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'), 'junction');
      const { exitCode, stderr } = await run(folder, 'update', '--skip-install');
      expect({ version, exitCode, stderr }).toMatchObject({ version, exitCode: 0 });
      expect({ version, files: await committed(folder) }).toEqual({
        version,
        files: Object.fromEntries(wanted),
      });
    }
  });

  it.each([
    ['npm', { 'package.json': '{ "private": true, "workspaces": ["*"] }\n' }],
    ['pnpm', { 'pnpm-workspace.yaml': 'packages: ["*"]\n' }],
  ] as const)('starts from the very bytes in a workspace of %s as well', async (manager, files) => {
    for (const older of packages) {
      const root = join(work, `${manager}-workspace-${older.version}`);
      writeFiles(root, files);
      const folder = join(root, 'shop');
      await runOlder(older, [folder, '--yes', '--skip-install', '--package-manager', manager]);
      const answers = serviceAnswers({ name: 'shop', inWorkspace: true, packageManager: manager });
      const again = await renderByVersion(older.version, folder, answers);
      if ('problem' in again) throw new Error(again.problem);
      const texts = again.files.map(({ path, contents }) => [path, String(contents)] as const);
      expect(texts.map(([path]) => path)).not.toContain('package-lock.json');
      expect(withoutMigrations(Object.fromEntries(texts))).toEqual(
        withoutMigrations(await committed(folder)),
      );
    }
  });

  it('keeps edits and resources, and passes the checks, by the commands of the article', async () => {
    const older = packages.at(-1);
    if (older === undefined) throw new Error('There is no earlier version');
    rmSync(join(work, `by-${older.version}`), { recursive: true, force: true });
    const folder = await make(older, '--skip-check');
    const fields = ['title:string:200', 'pages:int:optional'];
    await runOlder(older, ['resource', 'book', ...fields, '--skip-check'], folder);
    writeFiles(folder, { 'notes.md': '# Notes\n' });
    await git(folder, 'add', '--all');
    await git(folder, 'commit', '--quiet', '--message', 'Add books');

    const exitCodes: Record<string, unknown> = {};
    for (const line of commandsOf('docs/updating.md')) {
      const words = line
        .slice(COMMAND.length)
        .split(' ')
        .filter((word) => word !== '"--"');
      const isFirst = words.length === 1;
      const { exitCode, stderr } = await run(
        folder,
        ...words,
        ...(isFirst ? [] : ['--skip-check']),
      );
      exitCodes[words.join(' ')] = exitCode;
      if (isFirst)
        expect(stderr).toContain(`Base of the merge: rendered again by version ${older.version}.`);
    }
    expect(exitCodes).toEqual({
      'update --check': 10,
      'update --dry-run': 0,
      update: 0,
      'update --continue': 2,
      'update --abort': 2,
      'update --set features=docker,kubernetes': 0,
      'update --set port=8080': 0,
    });
    const files = await committed(folder);
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining(['notes.md', 'resources/book.json', 'kubernetes/deployment.yaml']),
    );
    expect(JSON.parse(files['.yo-rc.json'] ?? '')).toMatchObject({
      'generator-clean-flask-ts': { version: THIS_VERSION, port: 8080 },
    });
    expect(await git(folder, 'status', '--porcelain')).toBe('');
  });
});

function commandsOf(article: string): string[] {
  const blocks = (renderedText().get(article) ?? '').matchAll(/```sh\n(.*?)```/gs);
  return [...blocks].flatMap(([, block = '']) => block.trim().split('\n'));
}
