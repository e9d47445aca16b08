import { copyFileSync, symlinkSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { execaNode } from 'execa';
import { expect, it } from 'vitest';
import { packageRoot } from '../../lib/package-root.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { writeFiles } from '../support/write-files.ts';

/** What violates a rule of `npm run lint`: the rule, the file, and what it imports. */
async function violations(imports: readonly (readonly [string, string])[]): Promise<string[]> {
  const folder = temporaryFolder();
  const files: Record<string, string> = {
    'package.json': '{"type": "module"}',
    'scripts/x.ts': '',
  };
  for (const [from, to] of imports) {
    const path = relative(dirname(from), to)
      .replaceAll('\\', '/')
      .replace(/^(?!\.)/, './');
    files[to] ??= 'export const value = 1;\n';
    files[from] = `export { value } from '${path}';\n`;
  }
  writeFiles(folder, files);
  for (const file of ['.dependency-cruiser.mjs', 'tsconfig.json']) {
    copyFileSync(join(packageRoot, file), join(folder, file));
  }
  symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const depcruise = join(packageRoot, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs');
  const args = [
    '--config',
    '.dependency-cruiser.mjs',
    'lib',
    'generators',
    'create',
    'scripts',
    'tools',
  ];
  const { stdout } = await execaNode(depcruise, args, { cwd: folder, reject: false });
  return [...stdout.matchAll(/error ([\w-]+): (\S+)/g)].map(([, ...found]) => found.join(' '));
}

it('npm run lint refuses circles and wrong directions, and nothing else', async () => {
  const allowed = [
    ['create/right.ts', 'generators/app/right.ts'],
    ['generators/app/right.ts', 'generators/resource/right.ts'],
    ['generators/resource/right.ts', 'lib/run/right.ts'],
    ['lib/run/right.ts', 'lib/git/right.ts'],
    ['generators/resource/right-too.ts', 'generators/app/render-service.ts'],
    ['lib/run/right-too.ts', 'lib/merge/right.ts'],
    ['lib/merge/right.ts', 'lib/files/right.ts'],
    ['lib/git/right.ts', 'lib/process/right.ts'],
    ['lib/process/right.ts', 'lib/errors/right.ts'],
  ] as const;
  const refused = [
    ['no-circles', 'lib/run/one.ts', 'lib/run/other.ts'],
    ['no-circles-at-run-time', 'tools/one.ts', 'tools/other.ts'],
    ['lib-is-shared', 'lib/run/a.ts', 'generators/app/x.ts'],
    ['lib-is-shared', 'lib/git/a.ts', 'create/x.ts'],
    ['generators-know-no-entry-point', 'generators/app/a.ts', 'create/x.ts'],
    ['generators-are-independent', 'generators/resource/a.ts', 'generators/app/x.ts'],
    ['merge-is-below-a-run', 'lib/merge/a.ts', 'lib/run/y.ts'],
    ['basics-know-nothing', 'lib/errors/a.ts', 'lib/process/x.ts'],
    ['basics-know-nothing', 'lib/a.ts', 'lib/process/x.ts'],
    ['building-blocks-are-independent', 'lib/files/a.ts', 'lib/options/x.ts'],
    ['building-blocks-are-independent', 'lib/process/a.ts', 'lib/run/x.ts'],
    ['git-is-below-a-run', 'lib/git/b.ts', 'lib/run/x.ts'],
  ] as const;
  const found = await violations([
    ...allowed,
    ...refused.map(([, from, to]) => [from, to] as const),
    ['lib/run/other.ts', 'lib/run/one.ts'],
    ['tools/other.ts', 'tools/one.ts'],
  ]);

  expect(found.toSorted()).toEqual(refused.map(([rule, from]) => `${rule} ${from}`).toSorted());
});
