import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { PackageManager } from '../../../lib/package-manager/package-managers.ts';
import { renderService } from '../../../generators/app/render-service.ts';
import {
  checkLinker,
  enclosingWorkspace,
  workspaceManager,
  workspaceNotes,
} from '../../../lib/package-manager/workspace.ts';
import { serviceAnswers } from '../../support/rendered.ts';
import { plantProgram } from '../../support/plant-program.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';

/** A folder with these files, and no workspace around it. */
function rootWith(files: Record<string, string>): string {
  const root = temporaryFolder();
  writeFiles(root, files);
  return root;
}

const npmRoot = (...workspaces: string[]) =>
  rootWith({ 'package.json': JSON.stringify({ workspaces }), 'package-lock.json': '' });

describe('enclosingWorkspace', () => {
  it.each([
    [['packages/*'], 'packages/shop', true],
    [['./packages/*/'], 'packages/shop', true],
    [['packages/shop'], 'packages/shop', true],
    [['packages/**'], 'packages/a/shop', true],
    [['packages/*'], 'packages/a/shop', false],
    [['packages/*'], 'shop', false],
    [['packages/*', '!packages/shop'], 'packages/shop', false],
    [['!packages/shop', 'packages/*'], 'packages/shop', true],
    [[], 'shop', false],
  ])('with the patterns %j match %s: %s', async (patterns, path, matches) => {
    const root = npmRoot(...patterns);

    expect(await enclosingWorkspace(join(root, path))).toEqual(
      matches ? { root, manager: 'npm' } : undefined,
    );
  });

  it.each([
    ['pnpm', { 'pnpm-workspace.yaml': 'packages: ["packages/*"]' }],
    ['npm', { 'package.json': '{"workspaces": ["packages/*"]}', 'package-lock.json': '' }],
    ['yarn', { 'package.json': '{"workspaces": {"packages": ["packages/*"]}}', 'yarn.lock': '' }],
    ['bun', { 'package.json': '{"workspaces": ["packages/*"]}', 'bun.lock': '' }],
    ['yarn', { 'package.json': '{"workspaces": ["packages/*"], "packageManager": "yarn@4.1.0"}' }],
    [undefined, { 'package.json': '{"workspaces": ["packages/*"]}' }],
  ])('knows that %s installs there', async (manager, files) => {
    const root = rootWith(files);

    expect(await enclosingWorkspace(join(root, 'packages/shop'))).toEqual({ root, manager });
  });

  it('ignores packages and settings without patterns', async () => {
    const root = npmRoot('**');
    writeFiles(root, { 'a/package.json': '{"name": "a"}', 'a/pnpm-workspace.yaml': '' });

    expect(await enclosingWorkspace(join(root, 'a/shop'))).toEqual({ root, manager: 'npm' });
  });

  it('refuses to guess when a file cannot be read', async () => {
    const root = rootWith({ 'package.json': '{"workspaces": [' });

    await expect(enclosingWorkspace(join(root, 'shop'))).rejects.toThrow(
      `Cannot read ${join(root, 'package.json')}, which is needed to detect a workspace`,
    );
  });
});

describe('workspaceManager', () => {
  it.each([
    ['pnpm', undefined, 'pnpm'],
    ['pnpm', 'pnpm', 'pnpm'],
    [undefined, 'bun', 'bun'],
    [undefined, undefined, undefined],
  ] as const)('where %s installs and %s was chosen is %s', (manager, chosen, expected) => {
    expect(workspaceManager({ root: '/monorepo', manager }, chosen)).toBe(expected);
  });

  it('refuses another than that of the workspace', () => {
    expect(() => workspaceManager({ root: '/monorepo', manager: 'pnpm' }, 'npm')).toThrow(
      /is installed by pnpm, not npm\.\n\n.* Use --package-manager pnpm, or choose/,
    );
  });
});

describe('checkLinker', () => {
  const home = () => {
    const folder = temporaryFolder();
    vi.stubEnv('HOME', folder);
    vi.stubEnv('USERPROFILE', folder);
    vi.stubEnv('YARN_NODE_LINKER', undefined);
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    return folder;
  };
  const check = (root: string, manager: PackageManager) => () => {
    checkLinker({ root, manager }, manager);
  };

  it.each([
    ['nothing', {}],
    ['pnp', { '.yarnrc.yml': 'nodeLinker: pnp' }],
  ])("refuses a workspace of Yarn's Plug'n'Play, by %s in its settings", (_, files) => {
    home();
    const root = rootWith(files);

    expect(check(root, 'yarn')).toThrow(
      `Add "nodeLinker: node-modules" to ${join(root, '.yarnrc.yml')}`,
    );
    expect(check(root, 'npm')).not.toThrow();
  });

  it('takes what the workspace, the home or the environment says', () => {
    const settings = { '.yarnrc.yml': 'nodeLinker: node-modules' };
    const root = rootWith({});
    const folder = home();

    expect(check(rootWith(settings), 'yarn')).not.toThrow();
    expect(check(root, 'yarn')).toThrow();
    vi.stubEnv('YARN_NODE_LINKER', 'node-modules');
    expect(check(root, 'yarn')).not.toThrow();
    vi.stubEnv('YARN_NODE_LINKER', undefined);
    writeFiles(folder, settings);
    expect(check(root, 'yarn')).not.toThrow();
  });
});

describe('a service in a workspace', () => {
  it("is not made by Yarn's Plug'n'Play, unless it is not installed", async () => {
    const cwd = rootWith({ 'package.json': '{"workspaces": ["*"]}', 'yarn.lock': '' });
    const env = { HOME: cwd, USERPROFILE: cwd, PATH: plantProgram('yarn', '') };
    const args = ['orders', '--yes', '--no-git'];
    const { exitCode, stderr } = await runCli(args, { cwd, env });

    expect(exitCode).toBe(2);
    expect(stderr).toContain('Add "nodeLinker: node-modules" to ');
    expect(readdirSync(cwd).toSorted()).toEqual(['package.json', 'yarn.lock']);
    expect((await runCli([...args, '--skip-install'], { cwd, env })).exitCode).toBe(0);
  });

  it('takes the package manager of the workspace', async () => {
    const cwd = rootWith({ 'pnpm-workspace.yaml': 'packages: ["*"]' });
    const args = ['orders', '--yes', '--no-git', '--skip-install'];

    expect((await runCli([...args, '--package-manager', 'npm'], { cwd })).exitCode).toBe(2);
    const { exitCode, stdout, notes } = await runCli(args, { cwd });
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('\n  pnpm run dev ')]);
    expect(notes).toHaveLength(3);
  });

  it('has neither a lock file nor settings of the package manager', () => {
    const inside = renderService(serviceAnswers({ inWorkspace: true })).map(({ path }) => path);
    const outside = renderService(serviceAnswers()).map(({ path }) => path);

    expect(outside.filter((path) => !inside.includes(path))).toEqual([
      '.npmrc',
      'package-lock.json',
    ]);
  });

  it('says what its user should know', () => {
    const root = rootWith({});
    const notes = workspaceNotes({ root, manager: 'npm' }, 'npm', ['docker']);

    expect(notes).toEqual([
      expect.stringContaining(join(root, 'package-lock.json')),
      expect.stringContaining('install script'),
      expect.stringContaining('docker'),
    ]);
    expect(workspaceNotes({ root, manager: 'npm' }, 'npm', [])).toHaveLength(2);
  });
});
