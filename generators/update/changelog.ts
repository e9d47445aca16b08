import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import compare from 'semver/functions/compare.js';
import valid from 'semver/functions/valid.js';
import { packageRoot } from '../../lib/package-root.ts';

/** What a version changed. */
export interface Release {
  readonly version: string;
  /** Its entries, in Markdown. */
  readonly changes: string;
}

/** What the versions after one changed, newest first. */
export function releasesAfter(made: string): Release[] {
  const changelog = readFileSync(join(packageRoot, 'CHANGELOG.md'), 'utf8');
  return changelog
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading = '', ...lines] = section.split('\n');
      return { version: heading.split(' ')[0] ?? '', changes: lines.join('\n').trim() };
    })
    .filter(({ version }) => valid(version) !== null && compare(version, made) > 0);
}
