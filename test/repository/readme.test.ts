import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { statusMeanings } from '../../lib/errors/exit-status.ts';
import { type Option, optionDefault, optionUsage } from '../../lib/options/option.ts';
import { packageRoot } from '../../lib/package-root.ts';
import { appOptions } from '../support/app-options.ts';

const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');

/** The cells of the table below a heading, without its head. */
function tableBelow(heading: string): string[][] {
  const [, section = ''] = readme.split(`\n## ${heading}\n`);
  const [untilNext = ''] = section.split('\n## ');
  const rows = untilNext.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const code = (text: string) => (text === '' ? '' : `\`${text}\``);

describe('the README', () => {
  it('lists the options as the table of options has them', () => {
    expect(tableBelow('Options')).toEqual(
      Object.values<Option<unknown>>(appOptions).map((option) => [
        code(optionUsage(option)),
        option.help,
        (option.choices ?? []).map(code).join(', '),
        code(optionDefault(option)),
      ]),
    );
  });

  it('lists the exit statuses as the help does', () => {
    expect(tableBelow('Exit status')).toEqual(
      statusMeanings.map(([status, meaning]) => [String(status), meaning]),
    );
  });

  it('links to files that are there', () => {
    const links = [...readme.matchAll(/\]\((?!https?:)([^)#]+)/g)].map(([, link = '']) => link);
    expect(links.filter((link) => !existsSync(join(packageRoot, link)))).toEqual([]);
    expect(links.length).toBeGreaterThan(0);
  });
});
