import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { featureNames } from '../../generators/app/options.ts';
import { isRecord } from '../../lib/json-record.ts';
import { packageManagerNames } from '../../lib/package-manager/package-managers.ts';
import { descriptions } from '../support/descriptions.ts';
import { renderedText } from '../support/rendered.ts';
import { htmlOf, shownText } from '../support/shown-markdown.ts';

const RUNS = 30;
const PLAIN = 'A service';

/** A member of JSON text, by its path. */
function valueIn(json: string | undefined, ...path: string[]): unknown {
  const root: unknown = JSON.parse(json ?? '');
  return path.reduce((value, key) => (isRecord(value) ? value[key] : undefined), root);
}

/** What a README shows below its title: the first paragraph, and all that follows it as HTML. */
function shownParts(readme = ''): { description: string; rest: string } {
  const parts = /^<h1>.*<\/h1>\n<p>(.*)<\/p>\n([^]*)$/.exec(htmlOf(readme));
  const [, paragraph = '', rest = ''] = parts ?? [];
  return { description: shownText(paragraph), rest };
}

describe.each(packageManagerNames)('a description of a service for %s', (packageManager) => {
  const render = (description: string) => renderedText({ description, packageManager, features: featureNames });
  const plain = render(PLAIN);

  // Whatever other files it changed would have to be checked here as well: YAML, TypeScript.
  it('comes out unchanged in each file that holds it, and in no other', () => {
    fc.assert(
      fc.property(descriptions, (description) => {
        fc.pre(description !== PLAIN);
        const files = render(description);
        const readme = shownParts(files.get('README.md'));
        const answers = valueIn(files.get('.yo-rc.json'), 'generator-clean-flask-ts');

        expect([...files].filter(([path, text]) => plain.get(path) !== text)).toEqual([
          ['.yo-rc.json', expect.anything()],
          ['README.md', expect.anything()],
          ['package.json', expect.anything()],
        ]);
        expect(answers).toMatchObject({ description });
        expect(valueIn(files.get('package.json'), 'description')).toBe(description);
        expect(readme.description).toBe(description);
        expect(readme.rest).toBe(shownParts(plain.get('README.md')).rest);
      }),
      { numRuns: RUNS },
    );
  });
});
