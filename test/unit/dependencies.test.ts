import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { resolveAnswers } from '../../generators/app/answers.ts';
import { packageRoot } from '../../generators/app/package-root.ts';
import { renderService } from '../../generators/app/render-service.ts';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const text = readFileSync(join(packageRoot, 'docs', 'dependencies.md'), 'utf8');
const madeManifest = renderService(resolveAnswers(new Map())).find(
  ({ path }) => path === 'package.json',
);

/** The packages that the tables of a section justify. */
function justified(heading: string): string[] {
  const [, section = ''] = text.split(`\n## ${heading}\n`);
  const [untilNext = ''] = section.split('\n## ');
  return [...untilNext.matchAll(/^\| ([@a-z][^|]*)\|/gm)]
    .flatMap(([, cell = '']) => cell.split(','))
    .map((name) => name.trim().replace(/ \d+$/, ''))
    .filter((name) => name !== 'package')
    .toSorted();
}

function dependenciesOf(manifest: string): string[] {
  const { dependencies, devDependencies }: Manifest = JSON.parse(manifest);
  return Object.keys({ ...dependencies, ...devDependencies }).toSorted();
}

describe('docs/dependencies.md', () => {
  it('justifies each dependency of the generator, and no other', () => {
    const manifest = readFileSync(join(packageRoot, 'package.json'), 'utf8');
    expect(justified('Of the generator')).toEqual(dependenciesOf(manifest));
  });

  it('justifies each dependency of a made service, and no other', () => {
    expect(justified('Of a made service')).toEqual(
      dependenciesOf(madeManifest?.contents.toString() ?? ''),
    );
  });
});
