import { describe, expect, it } from 'vitest';
import { resolveAnswers } from '../../generators/app/answers.ts';
import { type Feature, featureNames } from '../../generators/app/options.ts';
import { renderService } from '../../generators/app/render-service.ts';

// The lock has a test of its own.
const LOCK = 'package-lock.json';

/** The text of each file of a service, by its path. */
function render(features?: readonly Feature[]): Record<string, string> {
  const answers = resolveAnswers(new Map());
  const files = renderService(features ? { ...answers, features } : answers);
  return Object.fromEntries(
    files
      .filter(({ path }) => path !== LOCK)
      .map(({ path, contents }) => [path, contents.toString()]),
  );
}

describe('a service made with the default answers', () => {
  const files = render();

  it('has these files', () => {
    expect(Object.keys(files)).toMatchSnapshot();
  });

  // The tools are bundled from sources with tests of their own.
  const written = Object.entries(files).filter(([path]) => !path.startsWith('tools/'));

  it.each(written)('has this %s', (_, text) => {
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
