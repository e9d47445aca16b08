import { join } from 'node:path';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { isRecord, readJsonRecord } from '../../../lib/json-record.ts';
import { npm } from '../../support/npm-script.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { WORKSPACES } from '../../support/workspaces.ts';
import { writeFiles } from '../../support/write-files.ts';

it('npm installs a service into its workspace, by the lock of the root', async () => {
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
