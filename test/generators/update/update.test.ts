import { existsSync, readFileSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'prettier';
import { describe, expect, it } from 'vitest';
import { renderService } from '../../../generators/app/render-service.ts';
import { version } from '../../../lib/package-root.ts';
import { OLD_VERSION, OlderService } from '../../support/older-service.ts';
import { serviceAnswers } from '../../support/rendered.ts';
import { writeFiles } from '../../support/write-files.ts';

/** What this version renders. */
const rendered = new Map(
  renderService(serviceAnswers({ name: 'shop' })).map(({ path, contents }) => [
    path,
    contents.toString(),
  ]),
);

function read(service: OlderService, path: string): string {
  return readFileSync(join(service.directory, path), 'utf8');
}

/** The committed files that are not as this version renders them. */
function differences(service: OlderService): string[] {
  const paths = service.git('ls-files').split('\n');
  const all = new Set([...paths, ...rendered.keys()]);
  return [...all].filter(
    (path) =>
      !paths.includes(path) || !rendered.has(path) || read(service, path) !== rendered.get(path),
  );
}

/** Everything that git and a look at the folder can tell. */
function state(service: OlderService): string {
  return [
    service.git('status', '--porcelain', '--ignored'),
    service.git('rev-parse', 'HEAD'),
    service.git('stash', 'list'),
    service.git('branch', '--list', '--all'),
    service.git('diff', 'HEAD'),
  ].join('\n');
}

describe('update without conflicts', () => {
  it('makes of an unchanged service what this version renders, in one commit with a trailer', async () => {
    const service = new OlderService();
    const { exitCode, stdout, stderr } = await service.update();

    expect([exitCode, differences(service)]).toEqual([0, []]);
    expect(stderr).toMatch(/^Base of the merge: the files of commit \w+\.$/m);
    expect(stdout).toContain('✔ committed as');
    expect(service.git('status', '--porcelain')).toBe('');
    expect(service.git('log', '--format=%s|%(trailers:key=Clean-Flask-Ts-Version,valueonly)')).toBe(
      `Update the service to the templates of clean-flask-ts ${version}|${version}\n\nInitial commit|${OLD_VERSION}\n`,
    );
    expect(existsSync(join(service.directory, '.clean-flask-ts'))).toBe(false);
  });

  it('does nothing the second time', async () => {
    const service = new OlderService();
    await service.update();
    const before = state(service);
    expect(await service.update()).toMatchObject({
      exitCode: 0,
      stdout: `Up to date with version ${version}.`,
    });
    expect(state(service)).toBe(before);
  });

  it('keeps what was changed, moved, added and removed', async () => {
    const service = new OlderService();
    service.edit({
      'README.md': `${read(service, 'README.md')}\nMine.\n`,
      'docs/decisions.md': undefined,
      'notes/mine.md': 'Mine.\n',
      'package.json': read(service, 'package.json').replace(
        '"awilix"',
        '"@mine/lib": "1.0.0",\n    "awilix"',
      ),
      '.yo-rc.json': read(service, '.yo-rc.json').replace('"port"', '"keep": [],\n    "port"'),
    });
    renameSync(
      join(service.directory, 'src/config.ts'),
      join(service.directory, 'src/settings.ts'),
    );
    service.commit();

    expect(await service.update()).toMatchObject({ exitCode: 0 });
    expect(read(service, 'README.md')).toBe(`${rendered.get('README.md') ?? ''}\nMine.\n`);
    expect(read(service, 'src/settings.ts')).toBe(rendered.get('src/config.ts'));
    expect(read(service, 'notes/mine.md')).toBe('Mine.\n');
    expect(JSON.parse(read(service, 'package.json'))).toMatchObject({
      dependencies: { '@mine/lib': '1.0.0', pg: expect.not.stringMatching(/^8\.0\.0$/) as string },
    });
    expect(JSON.parse(read(service, '.yo-rc.json'))).toMatchObject({
      'generator-clean-flask-ts': { keep: [], version },
    });
    expect(existsSync(join(service.directory, 'docs/decisions.md'))).toBe(false);
    expect(existsSync(join(service.directory, 'docs/old.md'))).toBe(false);
  });

  it('renames nothing in a service whose package has another name since', async () => {
    const service = new OlderService();
    service.edit({
      'package.json': read(service, 'package.json').replace(
        '"name": "shop"',
        '"name": "@acme/store"',
      ),
    });
    expect(await service.update()).toMatchObject({ exitCode: 0 });
    expect(differences(service)).toEqual(['package.json']);
    expect(read(service, 'package.json')).toBe(
      rendered.get('package.json')?.replace('"name": "shop"', '"name": "@acme/store"'),
    );
  });

  it('does not count formatting as a change', async () => {
    const service = new OlderService();
    const settings = { singleQuote: false, printWidth: 60, tabWidth: 4 };
    const formatted = (text: string) => format(text, { ...settings, parser: 'typescript' });
    const manifest = JSON.parse(read(service, 'package.json')) as object;
    service.edit({
      'package.json': `${JSON.stringify({ ...manifest, prettier: settings }, undefined, 4)}\n`,
      'src/config.ts': await formatted(read(service, 'src/config.ts')),
    });

    expect(await service.update()).toMatchObject({ exitCode: 0 });
    expect(read(service, 'src/config.ts')).toBe(
      await formatted(rendered.get('src/config.ts') ?? ''),
    );
  });

  it('commits no file that the user ignores', async () => {
    const service = new OlderService();
    service.git('rm', '--quiet', '--cached', 'package-lock.json');
    service.edit({ '.gitignore': `${read(service, '.gitignore')}package-lock.json\n` });

    expect(await service.update()).toMatchObject({ exitCode: 0 });
    expect(service.git('ls-files', 'package-lock.json')).toBe('');
    expect(existsSync(join(service.directory, 'package-lock.json'))).toBe(true);
  });

  it('leaves a removed file removed, and says so', async () => {
    const service = new OlderService();
    service.edit({ 'src/config.ts': undefined });
    const { exitCode, stderr } = await service.update();
    expect([exitCode, stderr]).toEqual([
      0,
      expect.stringContaining('Removed here, and not added again: src/config.ts.'),
    ]);
    expect(differences(service)).toEqual(['src/config.ts']);
  });

  it('changes no file that is to be kept', async () => {
    const service = new OlderService();
    const keep = read(service, '.yo-rc.json').replace(
      '"port"',
      '"keep": ["README.md", "docs/**"],\n    "port"',
    );
    service.edit({ '.yo-rc.json': keep });
    await service.update();
    expect(differences(service).toSorted()).toEqual([
      '.yo-rc.json',
      'README.md',
      'docs/old.md',
      'docs/updating.md',
    ]);
  });

  it('follows a folder that was moved, also with a new file', async () => {
    const service = new OlderService();
    service.git('mv', 'src/api', 'src/web');
    service.commit();
    await service.update();
    expect(read(service, 'src/web/bearer-token.ts')).toBe(rendered.get('src/api/bearer-token.ts'));
    expect(existsSync(join(service.directory, 'src/api'))).toBe(false);
  });

  it('works in a subfolder, with other changes staged beside it', async () => {
    const service = new OlderService();
    // The repository moves up, with the service below.
    renameSync(join(service.directory, '.git'), join(service.directory, '..', '.git'));
    writeFiles(service.directory, { '../other.txt': 'staged\n', 'untracked.txt': 'untracked\n' });
    service.git('add', '--all', '--', ':/shop', ':!untracked.txt');
    service.git('commit', '--quiet', '--all', '--message', 'Move into a folder');
    service.git('add', ':/other.txt');

    expect(await service.update()).toMatchObject({ exitCode: 0 });
    expect(differences(service)).toEqual([]);
    expect(service.git('status', '--porcelain', '--untracked-files=no')).toBe('A  other.txt');
    expect(read(service, 'untracked.txt')).toBe('untracked\n');
  });

  it('finds its base in a squashed history by its tree, as long as that is there', async () => {
    const service = new OlderService();
    service.edit({ 'mine.txt': 'mine\n' });
    const message = service.git('log', '-1', '--format=%B', 'HEAD~1');
    service.git('reset', '--quiet', '--soft', 'HEAD~1');
    service.git('commit', '--quiet', '--amend', '--message', message);
    expect((await service.update()).stderr).toContain('the files of commit');
    expect(differences(service)).toEqual(['mine.txt']);
  });

  it('ignores settings, hooks and signing of the repository', async () => {
    const service = new OlderService();
    writeFiles(service.directory, { '.git/hooks/pre-commit': '#!/bin/sh\nexit 1\n' });
    for (const [name, value] of [
      ['core.fileMode', 'false'],
      ['commit.gpgSign', 'true'],
      ['user.signingKey', 'broken'],
      ['gpg.program', 'false'],
      ['diff.noprefix', 'true'],
      ['merge.ff', 'only'],
      ['merge.renames', 'false'],
      ['diff.external', 'false'],
      ['core.hooksPath', join(service.directory, '.git/hooks')],
      ['status.relativePaths', 'false'],
    ] as const) {
      service.git('config', name, value);
    }
    expect(await service.update()).toMatchObject({ exitCode: 0 });
    expect(differences(service)).toEqual([]);
  });

  it('keeps CRLF in the working tree', async () => {
    const service = new OlderService();
    service.edit({ '.gitattributes': '* text=auto eol=crlf\n' });
    service.git('rm', '--quiet', '-r', '--cached', '.');
    service.git('reset', '--quiet', '--hard');
    expect(read(service, 'README.md')).toContain('\r\n');

    expect(await service.update()).toMatchObject({ exitCode: 0 });
    expect(read(service, 'README.md')).toBe(
      (rendered.get('README.md') ?? '').replaceAll('\n', '\r\n'),
    );
    expect(service.git('status', '--porcelain')).toBe('');
  });

  it('keeps CRLF that is committed, and merges by lines all the same', async () => {
    const service = new OlderService();
    service.edit({
      '.gitattributes': '* -text\n',
      'README.md': `${read(service, 'README.md')}\nMine.\n`.replaceAll('\n', '\r\n'),
    });
    expect(await service.update()).toMatchObject({ exitCode: 0 });
    expect(read(service, 'README.md')).toBe(
      `${rendered.get('README.md') ?? ''}\nMine.\n`.replaceAll('\n', '\r\n'),
    );
  });

  it('works on a detached head', async () => {
    const service = new OlderService();
    service.git('checkout', '--quiet', '--detach');
    expect(await service.update()).toMatchObject({ exitCode: 0 });
    expect([differences(service), service.git('branch', '--show-current')]).toEqual([[], '']);
  });

  it('works in a linked worktree of another name, and leaves the main one alone', async () => {
    const service = new OlderService();
    const linked = service.linkedWorktree('elsewhere');
    const before = state(service).replace(/ elsewhere$/m, '');
    expect(await linked.update()).toMatchObject({ exitCode: 0 });
    expect(differences(linked)).toEqual([]);
    expect(state(service).replace(/ elsewhere$/m, '')).toBe(before);
  });

  it('works in a shallow clone', async () => {
    const service = new OlderService();
    service.edit({ 'mine.txt': 'mine\n' });
    const clone = service.shallowClone();
    const { exitCode, stderr } = await clone.update();
    // Neither the tree of the first commit is there, nor the registry.
    expect([exitCode, stderr]).toEqual([6, expect.stringContaining('Base of the merge: unknown')]);
  });

  it('leaves a submodule alone', async () => {
    const service = new OlderService();
    const other = new OlderService();
    const add = ['-c', 'protocol.file.allow=always', 'submodule', 'add', '--quiet'];
    service.git(...add, other.directory, 'vendor/other');
    service.commit();
    expect(await service.update()).toMatchObject({ exitCode: 0 });
    expect(differences(service).toSorted()).toEqual(['.gitmodules', 'vendor/other']);
    expect(service.git('status', '--porcelain')).toBe('');
  });
});

describe('update --check', () => {
  it('ends with 10 and the changes since, as JSON as well', async () => {
    const service = new OlderService();
    const before = state(service);
    const { exitCode, stdout } = await service.update('--check');
    expect([exitCode, stdout.split('\n')[0]]).toEqual([
      10,
      `Version ${version} exists; this service was made by ${OLD_VERSION}.`,
    ]);
    const json: unknown = JSON.parse((await service.update('--check', '--json')).stdout);
    expect(json).toMatchObject({
      status: 10,
      from: OLD_VERSION,
      to: version,
      releases: [{ version, changes: expect.stringContaining('### Made services') as string }],
    });
    expect(state(service)).toBe(before);
  });

  it('ends with 0 when the service is up to date', async () => {
    const service = new OlderService();
    await service.update();
    expect(await service.update('--check')).toMatchObject({ exitCode: 0 });
  });
});

describe('update --dry-run', () => {
  it('shows what would change, and touches nothing', async () => {
    const service = new OlderService();
    const before = state(service);
    const { exitCode, stdout } = await service.update('--dry-run');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^created {2}docs\/updating\.md$/m);
    expect(stdout).toMatch(/^removed {2}docs\/old\.md$/m);
    expect(state(service)).toBe(before);
  });

  it('shows conflicts, too', async () => {
    const service = new OlderService();
    service.edit({ 'README.md': read(service, 'README.md').replace('Quick beginning', 'Mine') });
    const before = state(service);
    const { exitCode, stdout, stderr } = await service.update('--dry-run');
    expect([exitCode, stderr]).toEqual([6, expect.stringContaining('  README.md: the same lines')]);
    expect(stdout).toMatch(/^created {2}docs\/updating\.md$/m);
    expect(state(service)).toBe(before);
  });
});

describe('update with conflicts', () => {
  /** A service with three conflicts. */
  function conflicting(): OlderService {
    const service = new OlderService();
    service.edit({
      'README.md': read(service, 'README.md').replace('Quick beginning', 'Mine'),
      'docs/old.md': '# Mine\n',
      'package.json': read(service, 'package.json').replace('"8.0.0"', '"7.0.0"'),
    });
    return service;
  }

  it('writes nothing without a terminal', async () => {
    const service = conflicting();
    const before = state(service);
    const { exitCode, stderr } = await service.update();
    expect(exitCode).toBe(6);
    expect(stderr).toContain('  README.md: the same lines were changed in another way');
    expect(stderr).toContain('  docs/old.md: it was changed here, and is to be removed');
    expect(stderr).toContain('  package.json: the same lines were changed in another way');
    expect(state(service)).toBe(before);
  });

  it('leaves markers where that is asked for, and continues once they are gone', async () => {
    const service = conflicting();
    const { exitCode, stderr } = await service.update('--on-conflict', 'keep-markers');
    expect([exitCode, stderr]).toEqual([6, expect.stringContaining('update --continue')]);
    expect(read(service, 'README.md')).toContain('<<<<<<< yours\n## Mine\n');
    expect(read(service, 'package.json')).toContain('"pg": "7.0.0"');

    expect(await service.update('--continue')).toMatchObject({ exitCode: 6 });
    expect(await service.update()).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('is not finished') as string,
    });
    writeFiles(service.directory, {
      'README.md': rendered.get('README.md') ?? '',
      'package.json': rendered.get('package.json') ?? '',
    });
    expect(await service.update('--continue')).toMatchObject({ exitCode: 0 });
    expect(differences(service)).toEqual(['docs/old.md']);
    expect(service.git('status', '--porcelain')).toBe('');
  });

  it('restores everything with --abort', async () => {
    const service = conflicting();
    const before = state(service);
    await service.update('--on-conflict', 'keep-markers');
    expect(state(service)).not.toBe(before);
    expect(await service.update('--abort')).toMatchObject({ exitCode: 0 });
    expect(state(service)).toBe(before);
    expect(await service.update('--abort')).toMatchObject({ exitCode: 2 });
  });
});

describe('update refuses', () => {
  it.each([
    [
      'tracked changes, by name',
      { 'README.md': 'changed\n' },
      2,
      'These files have changes that are not committed:\n  README.md\n',
    ],
    [
      'to write over a file that git does not know',
      { 'docs/updating.md': 'mine\n' },
      3,
      'These files are not in git, and the update brings others:\n  docs/updating.md\n',
    ],
  ])('%s', async (_, files, status, message) => {
    const service = new OlderService();
    writeFiles(service.directory, files);
    const before = state(service);
    const { exitCode, stderr } = await service.update();
    expect([exitCode, stderr]).toEqual([status, expect.stringContaining(message)]);
    expect(state(service)).toBe(before);
  });

  it('to go back to an older version', async () => {
    const service = new OlderService();
    service.edit({ '.yo-rc.json': read(service, '.yo-rc.json').replace(OLD_VERSION, '99.0.0') });
    expect(await service.update()).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('made by version 99.0.0') as string,
    });
  });

  it('a directory that is no service, and one outside of git', async () => {
    const service = new OlderService();
    expect(await service.update('--in', '..')).toMatchObject({ exitCode: 2 });
    renameSync(join(service.directory, '.git'), join(service.directory, 'no-git'));
    expect(await service.update()).toMatchObject({ exitCode: 2 });
  });

  it('while a merge is not finished', async () => {
    const service = new OlderService();
    writeFiles(service.directory, { '.git/MERGE_HEAD': service.git('rev-parse', 'HEAD') });
    expect(await service.update()).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('A merge is not finished') as string,
    });
  });
});

describe('update where the old version cannot be had', () => {
  it('shows every file that differs as a conflict', async () => {
    const service = new OlderService();
    service.git('commit', '--quiet', '--amend', '--message', 'No trailers');
    const { exitCode, stderr } = await service.update();
    expect(exitCode).toBe(6);
    expect(stderr).toContain(`unknown, because version ${OLD_VERSION} cannot be had: `);
    const conflicts = [...stderr.matchAll(/^ {2}(\S+): /gm)].map(([, path]) => path);
    expect(conflicts).toEqual(['README.md', 'package.json', 'src/config.ts']);
  });
});

describe('update --set', () => {
  it('adds a feature and removes another, at the same version', async () => {
    const service = new OlderService();
    await service.update();
    expect(existsSync(join(service.directory, 'kubernetes'))).toBe(false);
    expect(await service.update('--set', 'features=docker,kubernetes')).toMatchObject({
      exitCode: 0,
      stderr: expect.stringContaining('rendered by this version') as string,
    });
    const wanted = renderService(
      serviceAnswers({ name: 'shop', features: ['docker', 'kubernetes'] }),
    );
    expect(service.git('ls-files').split('\n')).toEqual(wanted.map(({ path }) => path));
    expect(
      wanted.filter(({ path, contents }) => read(service, path) !== contents.toString()),
    ).toEqual([]);
    expect(service.git('log', '-1', '--format=%s')).toBe(
      `Change the answers that clean-flask-ts ${version} rendered the service from`,
    );
    expect(await service.update('--set', 'features=kubernetes,docker')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('Up to date') as string,
    });
  });

  it.each([
    ['port=x', '--set: port: invalid port "x"'],
    ['prot=1', '--set: prot: unknown option. Did you mean port?'],
    ['port', '--set "port": expected option=value.'],
    ['example=false', '--set example: add or remove resources with the command resource instead.'],
  ])('refuses %s', async (change, message) => {
    const { exitCode, stderr } = await new OlderService().update('--set', change);
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)]);
  });

  it('drops an answer that no option asks for, and names it', async () => {
    const service = new OlderService();
    service.edit({
      '.yo-rc.json': read(service, '.yo-rc.json').replace('"port"', '"colour": "red",\n    "port"'),
    });
    expect((await service.update()).notes).toContain(
      'Note: no longer asked for, and dropped: colour.',
    );
  });
});
