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
  'tools/README.md',
  ...readdirSync(path.join(serviceFolder, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => path.join('docs', file)),
];

it('each feature names what verifies it, in files that hold tests', () => {
  const rows = read('docs/features.md')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !/^\| (-|feature)/.test(line));
  const files = rows.flatMap((row) => matches(row, /`(tests\/\S+\.test\.ts)`/g));

  expect(rows.length).toBeGreaterThan(10);
  expect(rows.filter((row) => !/`(tests\/\S+\.test\.ts|npm run lint)`/.test(row))).toEqual([]);
  expect(files.filter((file) => !/\bit(\.\w+)?\(/.test(read(file)))).toEqual([]);
});

it.each(documents)('%s links to files that exist', (document) => {
  const targets = matches(read(document), /\]\((?!\w+:)([^)#]+)/g);
  const folder = path.join(serviceFolder, path.dirname(document));

  expect(targets.filter((target) => !existsSync(path.join(folder, target)))).toEqual([]);
});

it.each(documents)('%s names only files, folders and scripts that exist', (document) => {
  const text = read(document);
  const paths = matches(text, /`((?:src|tests|prisma|tools|docs|scripts)\/[\w./-]*)`/g);
  const { scripts } = JSON.parse(read('package.json')) as { scripts: object };
  const run = matches(text, /`npm run ([\w:]+)/g);

  // An article tells how a note would be added.
  const missing = paths.filter(
    (file) => !/note/.test(file) && !existsSync(path.join(serviceFolder, file)),
  );
  expect(missing).toEqual([]);
  expect(run.filter((name) => !(name in scripts))).toEqual([]);
});
