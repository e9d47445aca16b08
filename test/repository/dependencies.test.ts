import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../lib/package-root.ts';
import { renderService } from '../../generators/app/render-service.ts';
import { serviceAnswers } from '../support/rendered.ts';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

const text = readFileSync(join(packageRoot, 'docs', 'dependencies.md'), 'utf8');
const madeManifest = renderService(serviceAnswers()).find(({ path }) => path === 'package.json');

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

function versionsOf(manifest: string): Readonly<Record<string, string>> {
  const { dependencies, devDependencies }: Manifest = JSON.parse(manifest);
  return { ...dependencies, ...devDependencies };
}

function dependenciesOf(manifest: string): string[] {
  return Object.keys(versionsOf(manifest)).toSorted();
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

it.each([
  '@electric-sql/pglite',
  '@electric-sql/pglite-socket',
  '@prisma/adapter-pg',
  '@prisma/driver-adapter-utils',
  '@prisma/schema-engine-wasm',
  '@testcontainers/postgresql',
  '@types/pg',
  'pg',
  'testcontainers',
])('the tools are compiled with the %s that a made service gets', (name) => {
  const own = versionsOf(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  const made = versionsOf(madeManifest?.contents.toString() ?? '');
  expect(own[name]).toBeDefined();
  expect(own[name]).toBe(made[name]);
});
