import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../generators/app/package-root.ts';

describe('the package', () => {
  it('has no index file where Yeoman would take it for a generator', () => {
    const folders = readdirSync(packageRoot, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !['.git', 'node_modules'].includes(entry.name))
      .map(({ name }) => name);
    const mistaken = folders.filter((folder) =>
      ['js', 'ts', 'mjs', 'cjs'].some((extension) =>
        existsSync(join(packageRoot, folder, `index.${extension}`)),
      ),
    );
    expect(mistaken).toEqual([]);
  });

  it('holds the generator, the create door and every template', async () => {
    const { stdout } = await execa('npm', ['pack', '--dry-run', '--json'], { cwd: packageRoot });
    const report: { files: { path: string }[] }[] = JSON.parse(stdout);
    const packed = report.flatMap(({ files }) => files.map(({ path }) => path));
    const templates = readdirSync(join(packageRoot, 'templates'), {
      recursive: true,
      withFileTypes: true,
    })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) =>
        join(parentPath, name)
          .slice(packageRoot.length + 1)
          .replaceAll('\\', '/'),
      );
    const needed = ['dist/generators/app/index.js', 'dist/create/cli.js', ...templates];
    expect(needed.filter((path) => !packed.includes(path))).toEqual([]);
    expect(packed.filter((path) => /^(test|docs|scripts|dist\/scripts)\//.test(path))).toEqual([]);
  });
});
