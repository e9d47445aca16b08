import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { serviceFolder } from '../support/run-prisma.ts';

function read(file: string): string {
  return readFileSync(path.join(serviceFolder, file), 'utf8');
}

/** What a pattern's group matches in a text, in order. */
function matches(text: string, pattern: RegExp): string[] {
  return [...text.matchAll(pattern)].map(([, group = '']) => group);
}

const documents = [
  'README.md',
  ...readdirSync(path.join(serviceFolder, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.join('docs', file)),
];

it('each feature of the README names the tests that prove it', () => {
  const [, table = ''] = /\n## Features\n([^]*?)\n## /.exec(read('README.md')) ?? [];
  const rows = table.split('\n').filter((line) => line.startsWith('| ') && !/^\| (-|f)/.test(line));
  const unproved = rows.filter((row) => matches(row, /`(tests\/\S+\.test\.ts)`/g).length === 0);

  expect(rows.length).toBeGreaterThan(0);
  expect(unproved).toEqual([]);
});

it.each(documents)('%s names test files that hold tests', (document) => {
  const files = matches(read(document), /`(tests\/\S+\.ts)`/g);

  expect(files.filter((file) => !/\bit(\.\w+)?\(/.test(read(file)))).toEqual([]);
});

it.each(documents)('%s links to files that exist', (document) => {
  const targets = matches(read(document), /\]\((?!\w+:)([^)#]+)/g);
  const folder = path.join(serviceFolder, path.dirname(document));

  expect(targets.filter((target) => !existsSync(path.join(folder, target)))).toEqual([]);
});
