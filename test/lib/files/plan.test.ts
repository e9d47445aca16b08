import { existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { renderService } from '../../../generators/app/render-service.ts';
import { pathsOf, planFiles } from '../../../lib/files/plan.ts';
import { runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';
import { serviceAnswers } from '../../support/rendered.ts';

const rendered = renderService(serviceAnswers({ name: 'orders' }));
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

const NONE = { created: [], changed: [], blocked: [], left: [] };

/** The paths of a plan for files with the contents `rendered`, by their status. */
function planned(folder: string, paths: string[]) {
  const plan = planFiles(
    paths.map((path) => ({ path, contents: Buffer.from('rendered') })),
    folder,
  );
  const { created, changed, blocked, left } = plan;
  return Object.fromEntries(
    Object.entries({ created, changed, blocked, left }).map(([status, files]) => [
      status,
      pathsOf(files),
    ]),
  );
}

describe('planFiles', () => {
  it('creates everything in a directory that does not exist', () => {
    const folder = join(temporaryFolder(), 'nowhere');
    expect(planned(folder, ['a', 'b/c'])).toEqual({ ...NONE, created: ['a', 'b/c'] });
  });

  it('leaves identical files and changes others', () => {
    const folder = temporaryFolder();
    writeFiles(folder, { 'a/same': 'rendered', 'a/other': 'mine' });
    expect(planned(folder, ['a/same', 'a/other', 'a/new'])).toEqual({
      ...NONE,
      created: ['a/new'],
      changed: ['a/other'],
      left: ['a/same'],
    });
  });

  it('is blocked by directories where files belong, and by files where directories belong', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'a'));
    writeFiles(folder, { b: '' });
    expect(planned(folder, ['a', 'b/c/d'])).toEqual({ ...NONE, blocked: ['a', 'b/c/d'] });
  });

  it.skipIf(process.platform === 'win32')('does not follow a link', () => {
    const folder = temporaryFolder();
    symlinkSync('nowhere', join(folder, 'a'));
    expect(planned(folder, ['a'])).toEqual({ ...NONE, blocked: ['a'] });
  });
});

describe('--dry-run', () => {
  it('lists what would be created, changed and left, with diffs, and writes nothing', async () => {
    const cwd = folderWithOwn();
    const { exitCode, stdout, stderr } = await run(cwd, '--dry-run');

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines.filter((line) => line.startsWith('created  '))).toEqual(
      rest.map((path) => `created  ${path}`),
    );
    expect(stdout).toContain('\nchanged  README.md\n');
    expect(stdout).toContain('\n-mine\n+# orders\n');
    expect(lines.slice(-3)).toEqual([
      'left     tsconfig.json',
      '',
      'Dry run: nothing was written.',
    ]);
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
      '\nblocked  eslint.config.js: something else exists there\n',
    );
    expect((await run(cwd, '--dry-run', '--on-conflict', 'keep')).stdout).toMatch(
      /\nleft {5}README\.md\n(.*\n)*left {5}eslint\.config\.js\n/,
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
