import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Feature, featureNames } from '../../generators/app/options.ts';
import { templatesFolder } from '../../lib/package-root.ts';
import { renderService } from '../../generators/app/render-service.ts';
import { serviceAnswers } from '../support/rendered.ts';

// The lock has a test of its own.
const LOCK = 'package-lock.json';

/** The text of each file of a service, by its path. */
function render(features?: readonly Feature[]): Record<string, string> {
  const files = renderService(serviceAnswers(features ? { features } : {}));
  return Object.fromEntries(
    files
      .filter(({ path }) => path !== LOCK)
      .map(({ path, contents }) => [path, contents.toString()]),
  );
}

/** The template that a file is a copy of; undefined for a file that is rendered. */
function templateOf(path: string): string | undefined {
  const name = path.replace(/(^|\/)\./g, '$1_dot_');
  const template = ['service', 'package-managers/npm']
    .map((folder) => join(templatesFolder, folder, name))
    .find(existsSync);
  return template === undefined ? undefined : readFileSync(template, 'utf8');
}

describe('a service made with the default answers', () => {
  const files = render();
  const rendered = Object.entries(files).filter(([path, text]) => templateOf(path) !== text);

  it('has these files', () => {
    expect(Object.keys(files)).toMatchSnapshot();
  });

  it('has these rendered files beside the copied ones', () => {
    expect(rendered.map(([path]) => path)).toMatchSnapshot();
  });

  it.each(rendered)('renders %s', (_, text) => {
    expect(text).toMatchSnapshot();
  });
});

describe.each(featureNames)('the feature %s', (feature) => {
  const bare = render([]);

  it('adds and changes these files', () => {
    const changed = Object.entries(render([feature])).filter(([path, text]) => bare[path] !== text);
    expect(Object.fromEntries(changed)).toMatchSnapshot();
  });

  it('removes none', () => {
    const paths = Object.keys(render([feature]));
    expect(Object.keys(bare).filter((path) => !paths.includes(path))).toEqual([]);
  });
});
