import { existsSync, readFileSync } from 'node:fs';
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

describe('the glossary', () => {
  const lines = read('docs/glossary.md').trimEnd().split('\n');
  const terms = lines.slice(4).map((line) => line.split('|')[1]?.trim());

  it('is short, and sorted', () => {
    expect(lines.length).toBeLessThanOrEqual(30);
    expect(terms).toEqual(terms.toSorted());
  });
});

describe.each(['CHANGELOG.md', 'SECURITY.md', 'SUPPORT.md', 'docs/dependencies.md'])(
  '%s',
  (file) => {
    it('links only to files of this repository that exist', () => {
      const links = [...read(file).matchAll(/\]\((?!https?:)([^)#]+)/g)].map(
        ([, link = '']) => link,
      );
      expect(links.filter((link) => !existsSync(join(packageRoot, file, '..', link)))).toEqual([]);
    });
  },
);
