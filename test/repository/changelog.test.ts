import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execaSync } from 'execa';
import { describe, expect, it } from 'vitest';
import { packageRoot, version } from '../../lib/package-root.ts';
import { hasReleases, RELEASES } from '../support/older-packages.ts';

const [current = '', ...earlier] = readFileSync(join(packageRoot, 'CHANGELOG.md'), 'utf8')
  .split(/^## /m)
  .slice(1);
const lastRelease = Object.values(RELEASES).at(-1) ?? '';

describe('the changelog', () => {
  it('starts with this version', () => {
    expect(current.split(' ')[0]).toBe(version);
  });

  it('tells in each version what services have', () => {
    const without = [current, ...earlier].filter((text) => !/^### Made services$/m.test(text));
    expect(without.map((text) => text.split(' ')[0])).toEqual([]);
  });

  it.runIf(hasReleases())('has a new version when the templates changed since the last', () => {
    const diff = ['diff', '--quiet', lastRelease, '--', 'templates', 'tools'];
    const { exitCode } = execaSync('git', diff, { cwd: packageRoot, reject: false });
    expect([0, 1]).toContain(exitCode);
    if (exitCode === 1) expect(Object.keys(RELEASES)).not.toContain(version);
  });
});
