import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot, version } from '../../lib/package-root.ts';

const read = (file: string) => readFileSync(join(packageRoot, file), 'utf8');

describe('the changelog', () => {
  const [, ...releases] = read('CHANGELOG.md').split(/^## /m);
  const headings = releases.map((release) => release.split('\n', 1)[0] ?? '');
  const versions = headings.map((heading) => heading.split(' ', 1)[0] ?? '');

  it('has a dated entry for each version, the latest first', () => {
    expect(
      headings.filter((heading) => !/^\d+\.\d+\.\d+ - \d{4}-\d\d-\d\d$/.test(heading)),
    ).toEqual([]);
    const descending = versions.toSorted((a, b) => b.localeCompare(a, 'en', { numeric: true }));
    expect(versions).toEqual(descending);
    expect(versions).toContain(version);
  });

  it('says of each version what changes for made services', () => {
    expect(releases.filter((release) => !release.includes('\n### Made services\n'))).toEqual([]);
  });
});

describe('CONTRIBUTING.md', () => {
  it('names only npm scripts that exist', () => {
    const { scripts }: { scripts: object } = JSON.parse(read('package.json'));
    const named = [...read('CONTRIBUTING.md').matchAll(/\bnpm run ([\w:]+)/g)].map(
      ([, name = '']) => name,
    );
    expect(named.filter((name) => !(name in scripts))).toEqual([]);
  });
});

describe('the map in CONTRIBUTING.md', () => {
  it('names only paths that exist, and every folder of lib and templates', () => {
    const [, map = ''] = read('CONTRIBUTING.md').split('```text\n');
    const parents: string[] = [];
    const paths = (map.split('```', 1)[0] ?? '').split('\n').flatMap((line) => {
      const [, indentation = '', name = ''] = /^( *)(\S+)/.exec(line) ?? [];
      parents.length = indentation.length / 2;
      parents.push(name);
      return name === '' ? [] : [parents.join('')];
    });
    expect(paths.filter((path) => !existsSync(join(packageRoot, path)))).toEqual([]);
    const folders = ['lib', 'templates'].flatMap((parent) =>
      readdirSync(join(packageRoot, parent), { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => `${parent}/${name}/`),
    );
    expect(folders.filter((path) => !paths.includes(path))).toEqual([]);
  });
});

describe('the glossary', () => {
  const lines = read('docs/glossary.md').trimEnd().split('\n');
  const terms = lines.slice(4).map((line) => line.split('|')[1]?.trim());

  it('is short, and sorted', () => {
    expect(lines.length).toBeLessThanOrEqual(30);
    expect(terms).toEqual(terms.toSorted());
  });
});

describe.each([
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'SECURITY.md',
  'SUPPORT.md',
  'docs/dependencies.md',
])('%s', (file) => {
  it('links only to files of this repository that exist', () => {
    const links = [...read(file).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(packageRoot, file, '..', link)))).toEqual([]);
  });
});
