import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { describe, expect, it } from 'vitest';
import { templatesFolder } from '../../lib/package-root.ts';
import { renderedText } from '../support/rendered.ts';

/** The templates of a folder that are copied: their text, by the path in a service. */
function copiedTemplates(...names: string[]): [string, string][] {
  const folder = join(templatesFolder, ...names);
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.ejs'))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [
      relative(folder, file).replaceAll(sep, '/').replace(/(^|\/)_dot_/g, '$1.'),
      readFileSync(file, 'utf8'),
    ]);
}

describe('a service made with the default answers', () => {
  const files = renderedText({});
  const copied = new Map([
    ...copiedTemplates('service'),
    ...copiedTemplates('package-managers', 'npm'),
  ]);
  const rendered = [...files].filter(
    // The lock has a test of its own.
    ([path, text]) => copied.get(path) !== text && path !== 'package-lock.json',
  );

  it('has these files', () => {
    expect([...files.keys()]).toMatchSnapshot();
  });

  it('has an exact copy of each template that is not rendered', () => {
    const changed = [...copied].filter(([path, text]) => files.get(path) !== text);
    expect(changed.map(([path]) => path)).toEqual([]);
  });

  it.each(rendered)('renders %s', (_, text) => {
    expect(text).toMatchSnapshot();
  });
});
