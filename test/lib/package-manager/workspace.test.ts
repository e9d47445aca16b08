import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { resolveAnswers } from '../../../lib/options/resolve.ts';
import { canonicalFlags } from '../../../lib/options/raw-options.ts';
import type { PackageManager } from '../../../lib/package-manager/package-managers.ts';
import { renderService } from '../../../generators/app/render-service.ts';
import {
  checkLinker,
  enclosingWorkspace,
  withWorkspaceManager,
  workspaceNotes,
} from '../../../lib/package-manager/workspace.ts';
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
  ])('with the patterns %j takes in %s: %s', (patterns, path, takenIn) => {
    const root = npmRoot(...patterns);

    expect(enclosingWorkspace(join(root, path))).toEqual(
      takenIn ? { root, manager: 'npm' } : undefined,
    );
  });

  it.each([
    ['pnpm', { 'pnpm-workspace.yaml': 'packages: ["packages/*"]' }],
    ['npm', { 'package.json': '{"workspaces": ["packages/*"]}', 'package-lock.json': '' }],
    ['yarn', { 'package.json': '{"workspaces": {"packages": ["packages/*"]}}', 'yarn.lock': '' }],
    ['bun', { 'package.json': '{"workspaces": ["packages/*"]}', 'bun.lock': '' }],
    ['yarn', { 'package.json': '{"workspaces": ["packages/*"], "packageManager": "yarn@4.1.0"}' }],
    [undefined, { 'package.json': '{"workspaces": ["packages/*"]}' }],
  ])('knows that %s installs there', (manager, files) => {
    const root = rootWith(files);

    expect(enclosingWorkspace(join(root, 'packages/shop'))).toEqual({ root, manager });
  });

  it('passes over packages and settings that take nothing in', () => {
    const root = npmRoot('**');
    writeFiles(root, { 'a/package.json': '{"name": "a"}', 'a/pnpm-workspace.yaml': '' });

    expect(enclosingWorkspace(join(root, 'a/shop'))).toEqual({ root, manager: 'npm' });
  });

  it('refuses to guess when a file cannot be read', () => {
    const root = rootWith({ 'package.json': '{"workspaces": [' });

    expect(() => enclosingWorkspace(join(root, 'shop'))).toThrow(
      `${join(root, 'package.json')} cannot be read`,
    );
  });
});

describe('withWorkspaceManager', () => {
  const root = () => rootWith({ 'pnpm-workspace.yaml': 'packages: ["*"]' });

  it('takes the package manager of the workspace', () => {
    const folder = join(root(), 'shop');

    expect(withWorkspaceManager(folder, new Map())).toEqual(new Map([['package-manager', 'pnpm']]));
    const given = canonicalFlags({ packageManager: 'pnpm' });
    expect(withWorkspaceManager(folder, given)).toEqual(given);
  });

  it('refuses another', () => {
    const folder = join(root(), 'shop');

    expect(() => withWorkspaceManager(folder, canonicalFlags({ packageManager: 'npm' }))).toThrow(
      /where pnpm installs, not npm\.\n\n.* Give --package-manager pnpm, or choose/,
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

  it('has neither a lock nor settings of installs, and says so', () => {
    const root = npmRoot('packages/*');
    const inside = resolveAnswers(canonicalFlags({ name: join(root, 'packages/shop') }));
    const outside = resolveAnswers(canonicalFlags({ name: join(root, 'shop') }));
    const paths = renderService(inside).map(({ path }) => path);

    expect(
      renderService(outside).flatMap(({ path }) => (paths.includes(path) ? [] : [path])),
    ).toEqual(['.npmrc', 'package-lock.json']);
    const notes = workspaceNotes({ root, manager: 'npm' }, 'npm', ['docker']);
    expect(notes).toEqual([
      expect.stringContaining(join(root, 'package-lock.json')),
      expect.stringContaining('install script'),
      expect.stringContaining('docker'),
    ]);
    expect(workspaceNotes({ root, manager: 'npm' }, 'npm', [])).toHaveLength(2);
  });
});
