import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../lib/package-root.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** Bundles a copy of this project, with a change in a file of a package. */
async function bundleWith(packageName: string, file: string, from: string, to: string) {
  const folder = temporaryFolder();
  for (const part of ['create', 'generators', 'lib', 'scripts', 'tools', 'package.json']) {
    cpSync(join(packageRoot, part), join(folder, part), { recursive: true });
  }
  const packages = join(packageRoot, 'node_modules');
  mkdirSync(join(folder, 'node_modules'));
  for (const name of readdirSync(packages).filter((entry) => entry !== packageName)) {
    symlinkSync(join(packages, name), join(folder, 'node_modules', name), 'junction');
  }
  const copy = join(folder, 'node_modules', packageName);
  cpSync(join(packages, packageName), copy, { recursive: true });
  const source = readFileSync(join(copy, file), 'utf8');
  writeFileSync(join(copy, file), source.replaceAll(from, to));
  return execa(process.execPath, ['scripts/bundle.mjs'], { cwd: folder, reject: false });
}

describe('the bundle', () => {
  it.each([
    ['yeoman-environment', 'dist/environment-base.js'],
    ['yeoman-environment', 'dist/module-lookup.js'],
    ['yeoman-generator', 'dist/generator.js'],
  ])('fails when its patch of %s/%s no longer matches', async (name, file) => {
    const { exitCode, stderr } = await bundleWith(name, file, 'package.json', 'manifest.json');

    expect(exitCode).toBe(1);
    expect(stderr).toMatch(new RegExp(`${name}/${file} holds .* 0 times`));
  });

  it('is made when they all do', async () => {
    const file = 'dist/environment-base.js';

    expect(await bundleWith('yeoman-environment', file, '', '')).toMatchObject({ exitCode: 0 });
  });
});
