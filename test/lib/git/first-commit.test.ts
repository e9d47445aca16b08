import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { firstCommit } from '../../../lib/git/first-commit.ts';
import { version } from '../../../lib/package-root.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';

const IDENTITY = '[user]\nname = Somebody\nemail = somebody@example.org\n';

/** A home whose git configuration is all that git knows. */
function useHome(configuration: string): void {
  const home = temporaryFolder();
  writeFiles(home, { gitconfig: configuration });
  vi.stubEnv('GIT_CONFIG_GLOBAL', join(home, 'gitconfig'));
}

function project(): string {
  const folder = temporaryFolder();
  writeFiles(folder, { a: '1', 'b/c': '2', '.gitignore': 'b\n', other: '3' });
  return folder;
}

async function git(folder: string, ...args: string[]): Promise<string> {
  return (await execa('git', args, { cwd: folder })).stdout;
}

describe('firstCommit', () => {
  beforeEach(() => {
    vi.unstubAllEnvs();
    vi.stubEnv('GIT_CONFIG_NOSYSTEM', '1');
    for (const role of ['AUTHOR', 'COMMITTER']) {
      vi.stubEnv(`GIT_${role}_NAME`, undefined);
      vi.stubEnv(`GIT_${role}_EMAIL`, undefined);
    }
    vi.stubEnv('EMAIL', undefined);
  });

  it('commits exactly the given files, also ignored ones', async () => {
    useHome(IDENTITY);
    const folder = project();
    expect(await firstCommit(folder, ['.gitignore', 'a', 'b/c'])).toBe(
      'git repository created, with one commit of 3 files',
    );
    expect(await git(folder, 'ls-files')).toBe('.gitignore\na\nb/c');
    expect(await git(folder, 'log', '--format=%an|%s|%(trailers)')).toBe(
      [
        `Somebody|Initial commit|Clean-Flask-Ts-Version: ${version}`,
        `Clean-Flask-Ts-Tree: ${await git(folder, 'rev-parse', 'HEAD^{tree}')}\n`,
      ].join('\n'),
    );
    expect(await git(folder, 'branch', '--show-current')).toBe('main');
  });

  it('makes no commit without an identity, and says so', async () => {
    useHome('');
    const folder = project();
    expect(await firstCommit(folder, ['a'])).toEqual({
      skipped:
        'git repository created, without a commit: git has no user.name and user.email. Set both with git config --global, then run git add --all and git commit',
    });
    await expect(git(folder, 'rev-parse', 'HEAD')).rejects.toThrow();
  });

  it('makes no repository inside another', async () => {
    useHome(IDENTITY);
    const outer = project();
    await git(outer, 'init', '--quiet');
    const inner = join(outer, 'x', 'y');
    mkdirSync(inner, { recursive: true });
    expect(await firstCommit(inner, ['a'])).toEqual({
      skipped: `no new git repository: inside ${join(outer, '.git')}`,
    });
  });

  it('creates no repository in a worktree of another', async () => {
    useHome(IDENTITY);
    const outer = project();
    await git(outer, 'init', '--quiet');
    await git(outer, 'commit', '--quiet', '--allow-empty', '--message', 'x');
    const worktree = join(temporaryFolder(), 'worktree');
    await git(outer, 'worktree', 'add', '--quiet', worktree);
    expect(await firstCommit(worktree, ['a'])).toEqual({
      skipped: `no new git repository: inside ${join(outer, '.git/worktrees/worktree')}`,
    });
  });

  it.each([
    ['an empty folder', {}],
    ['a folder with something else in it', { '.git/x': '' }],
    ['a broken file', { '.git': 'broken' }],
    ['a file that points at nothing', { '.git': 'gitdir: /no/such/folder' }],
  ])('does not mistake %s called .git for a repository', async (_, files) => {
    useHome(IDENTITY);
    const outer = temporaryFolder();
    writeFiles(outer, { 'x/a': '1', ...files });
    if (!existsSync(join(outer, '.git'))) mkdirSync(join(outer, '.git'));
    expect(await firstCommit(join(outer, 'x'), ['a'])).toBe(
      'git repository created, with one commit of 1 files',
    );
  });

  it('says that git is missing', async () => {
    vi.stubEnv('PATH', temporaryFolder());
    vi.stubEnv('Path', undefined);
    expect(await firstCommit(project(), ['a'])).toEqual({
      skipped: 'no git repository: git was not found',
    });
  });

  it('says why git refused to commit', async () => {
    useHome(`${IDENTITY}[commit]\ngpgsign = true\n[gpg]\nprogram = no-such-program\n`);
    expect(await firstCommit(project(), ['a'])).toEqual({
      skipped: expect.stringMatching(
        /^git repository created, without a commit: .*no-such-program.* When that is fixed, run git/,
      ),
    });
  });

  it('does not touch the repository of a git hook around it', async () => {
    useHome(IDENTITY);
    const outer = temporaryFolder();
    await git(outer, 'init', '--quiet');
    vi.stubEnv('GIT_DIR', join(outer, '.git'));
    expect(await firstCommit(project(), ['a'])).toBe(
      'git repository created, with one commit of 1 files',
    );
    vi.stubEnv('GIT_DIR', undefined);
    await expect(git(outer, 'rev-parse', 'HEAD')).rejects.toThrow();
  });

  it('needs no object of a repository around it', async () => {
    useHome(IDENTITY);
    const folder = project();
    const outer = project();
    await git(outer, 'init', '--quiet');
    await git(outer, 'add', 'a');
    vi.stubEnv('GIT_ALTERNATE_OBJECT_DIRECTORIES', join(outer, '.git', 'objects'));
    await firstCommit(folder, ['a']);
    vi.stubEnv('GIT_ALTERNATE_OBJECT_DIRECTORIES', undefined);
    expect(await git(folder, 'fsck', '--connectivity-only')).toBe('');
  });
});
