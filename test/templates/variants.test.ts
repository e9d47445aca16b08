import { structuredPatch } from 'diff';
import { expect, it } from 'vitest';
import { featureNames } from '../../generators/app/options.ts';
import { packageManagerNames } from '../../lib/package-manager/package-managers.ts';
import { renderedText } from '../support/rendered.ts';

const base = { features: [] };
const plain = renderedText(base);

/** What differs from the plain service: the text of new files, the changed lines of others. */
function changes(files: ReadonlyMap<string, string>): Record<string, string> {
  const paths = [...new Set([...plain.keys(), ...files.keys()])].toSorted();
  const changed = paths.filter((path) => plain.get(path) !== files.get(path));
  return Object.fromEntries(
    changed.map((path) => [path, change(path, plain.get(path), files.get(path))]),
  );
}

function change(path: string, before: string | undefined, after: string | undefined): string {
  if (after === undefined) return '(removed)';
  if (before === undefined) return after;
  // Without line numbers, which each change further up would change.
  return structuredPatch(path, path, before, after, undefined, undefined, { context: 0 })
    .hunks.map(({ lines }) => lines.join('\n'))
    .join('\n…\n');
}

it.each([
  ...featureNames.map((feature) => ({ features: [feature] })),
  ...packageManagerNames.map((packageManager) => ({ packageManager })),
  { example: false },
  { prefix: '/example' },
  { port: 8080 },
  { description: 'Sells *everything*' },
])('a service with %j differs from a plain one', (flags) => {
  expect(changes(renderedText({ ...base, ...flags }))).toMatchSnapshot();
});
