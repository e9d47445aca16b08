import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { firstCommit } from '../../generators/app/first-commit.ts';
import { version } from '../../generators/app/package-root.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { writeFiles } from '../support/write-files.ts';

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
      'git repository made, with one commit of 3 files',
    );
    expect(await git(folder, 'ls-files')).toBe('.gitignore\na\nb/c');
    expect(await git(folder, 'log', '--format=%an|%s|%(trailers)')).toBe(
      `Somebody|Initial commit|Clean-Flask-Ts-Version: ${version}\n`,
    );
    expect(await git(folder, 'branch', '--show-current')).toBe('main');
  });

  it('makes no commit without an identity, and says so', async () => {
    useHome('');
    const folder = project();
    expect(await firstCommit(folder, ['a'])).toBe(
      'git repository made, without a commit: git knows no user.name and user.email',
    );
    await expect(git(folder, 'rev-parse', 'HEAD')).rejects.toThrow();
  });

  it('makes no repository inside another', async () => {
    useHome(IDENTITY);
    const outer = project();
    await git(outer, 'init', '--quiet');
    const inner = join(outer, 'x', 'y');
    mkdirSync(inner, { recursive: true });
    expect(await firstCommit(inner, ['a'])).toBe(`no git repository made: ${outer} is one`);
  });

  it('says that git is missing', async () => {
    vi.stubEnv('PATH', temporaryFolder());
    vi.stubEnv('Path', undefined);
    expect(await firstCommit(project(), ['a'])).toBe('no git repository made: git was not found');
  });

  it('says why git refused to commit', async () => {
    useHome(`${IDENTITY}[commit]\ngpgsign = true\n[gpg]\nprogram = no-such-program\n`);
    expect(await firstCommit(project(), ['a'])).toMatch(
      /^git repository made, without a commit: .*no-such-program/,
    );
  });

  it('does not touch the repository of a git hook around it', async () => {
    useHome(IDENTITY);
    const outer = temporaryFolder();
    await git(outer, 'init', '--quiet');
    vi.stubEnv('GIT_DIR', join(outer, '.git'));
    await firstCommit(project(), ['a']);
    vi.stubEnv('GIT_DIR', undefined);
    await expect(git(outer, 'rev-parse', 'HEAD')).rejects.toThrow();
  });
});
