import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../lib/package-root.ts';

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
});
