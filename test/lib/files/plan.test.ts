import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveAnswers } from '../../../lib/options/resolve.ts';
import { canonicalFlags } from '../../../lib/options/raw-options.ts';
import { renderService } from '../../../generators/app/render-service.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';

const rendered = renderService(resolveAnswers(canonicalFlags({ name: 'orders' })));
const text = (path: string) =>
  rendered.find((file) => file.path === path)?.contents.toString() ?? '';
const own = { 'README.md': 'mine\n', 'tsconfig.json': text('tsconfig.json'), 'notes.txt': 'x' };
const rest = rendered
  .map(({ path }) => path)
  .filter((path) => !['README.md', 'tsconfig.json'].includes(path));

/** A folder that holds a service's file that differs, one that does not, and one of another kind. */
function folderWithOwn(): string {
  const cwd = temporaryFolder();
  writeFiles(join(cwd, 'orders'), own);
  return cwd;
}

function run(cwd: string, ...flags: string[]) {
  return runCli(['orders', '--yes', '--skip-install', '--no-git', ...flags], { cwd });
}

describe('--dry-run', () => {
  it('lists what would be created, changed and left, with diffs, and writes nothing', async () => {
    const cwd = folderWithOwn();
    const { exitCode, stdout, stderr } = await run(cwd, '--dry-run');

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines.filter((line) => line.startsWith('create  '))).toEqual(
      rest.map((path) => `create  ${path}`),
    );
    expect(stdout).toContain('\nchange  README.md\n');
    expect(stdout).toContain('\n-mine\n+# orders\n');
    expect(lines.slice(-3)).toEqual(['leave   tsconfig.json', '', 'Nothing was written.']);
    expect(readdirSync(join(cwd, 'orders')).toSorted()).toEqual(Object.keys(own).toSorted());
    expect(readFileSync(join(cwd, 'orders/README.md'), 'utf8')).toBe('mine\n');
  });

  it('says the same as JSON', async () => {
    const { stdout } = await run(folderWithOwn(), '--dry-run', '--json');

    expect(JSON.parse(stdout)).toMatchObject({
      ...{ status: 0, steps: [], next: [], error: null },
      files: { created: rest, changed: ['README.md'], left: ['tsconfig.json'] },
    });
  });

  it('leaves what is kept, and names what cannot be replaced', async () => {
    const cwd = folderWithOwn();
    mkdirSync(join(cwd, 'orders', 'eslint.config.js'));

    expect((await run(cwd, '--dry-run')).stdout).toContain(
      '\nrefuse  eslint.config.js: something else stands there\n',
    );
    expect((await run(cwd, '--dry-run', '--on-conflict', 'keep')).stdout).toMatch(
      /\nleave {3}README\.md\n(.*\n)*leave {3}eslint\.config\.js\n/,
    );
  });
});

describe('--on-conflict', () => {
  it.each([
    ['keep', 'mine\n', { changed: [], left: ['tsconfig.json', 'README.md'] }],
    ['overwrite', text('README.md'), { changed: ['README.md'], left: ['tsconfig.json'] }],
  ])('%s does so, and writes all other files', async (choice, readme, files) => {
    const cwd = folderWithOwn();
    const { exitCode, stdout } = await run(cwd, '--on-conflict', choice, '--json');

    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ files: { created: rest, ...files } });
    expect(readFileSync(join(cwd, 'orders/README.md'), 'utf8')).toBe(readme);
    expect(readFileSync(join(cwd, 'orders/notes.txt'), 'utf8')).toBe('x');
    expect(rest.filter((path) => !existsSync(join(cwd, 'orders', path)))).toEqual([]);
  });
});
