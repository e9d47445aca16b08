import { describe, expect, it } from 'vitest';
import { followMoves } from '../../../lib/merge/moved-imports.ts';

const rendered = [
  ...['src/services/base.ts', 'src/services/book.ts', 'src/domain/book.ts', 'src/container.ts'],
  ...['tests/book.test.ts', 'tests/support/book.ts'],
];

function follow(path: string, text: string, moves: Readonly<Record<string, string>> = {}): string {
  const paths = [...rendered.map((each) => moves[each] ?? each), 'src/notes.ts'];
  const [file] = followMoves([{ path, contents: Buffer.from(text) }], paths, rendered);
  return file?.contents.toString() ?? '';
}

const SERVICES = {
  'src/services/base.ts': 'src/application/use-cases/base.ts',
  'src/services/book.ts': 'src/application/use-cases/book.ts',
};

describe('followMoves', () => {
  it('leaves imports alone that find their files, and all that are not of rendered files', () => {
    const text = `import { a } from './services/base.ts';
      export * from "./services/book.ts";
      import pg from 'pg';
      import { b } from './generated/client.ts';`;
    expect(follow('src/container.ts', text)).toBe(text);
    expect(follow('README.md', "from './moved.ts'")).toBe("from './moved.ts'");
  });

  it.each([
    ["import type { A } from './services/base.ts';", './application/use-cases/base.ts'],
    ['export * from "./services/book.ts";', './application/use-cases/book.ts'],
    ["const a = await import('./services/base.ts');", './application/use-cases/base.ts'],
    ["import './services/base.ts';", './application/use-cases/base.ts'],
  ])('follows files that were moved: %s', (text, expected) => {
    const specifier = /\.\/[\w/.]+/;
    expect(follow('src/container.ts', text, SERVICES)).toBe(text.replace(specifier, expected));
  });

  it('corrects the imports of a file that was moved itself', () => {
    const text = `import { a } from '../domain/book.ts';
      import { b } from './base.ts';
      import { c } from '../container.ts';`;
    expect(follow('src/application/use-cases/book.ts', text, SERVICES)).toBe(
      `import { a } from '../../domain/book.ts';
      import { b } from './base.ts';
      import { c } from '../../container.ts';`,
    );
    const moves = { 'src/services/book.ts': 'src/book.ts' };
    expect(follow('src/book.ts', "import { a } from './base.ts';", moves)).toBe(
      "import { a } from './services/base.ts';",
    );
  });

  it('keeps what the user corrected', () => {
    const text = "import { a } from './application/use-cases/base.ts';";
    expect(follow('src/container.ts', text, SERVICES)).toBe(text);
  });

  it('refuses files that import what was renamed or removed', () => {
    const renamed = { 'src/services/base.ts': 'src/services/root.ts' };
    expect(() => follow('src/services/book.ts', "import { a } from './base.ts'", renamed)).toThrow(
      expect.objectContaining({
        code: 6,
        reason:
          'These files would import files that were renamed or removed:\n' +
          '  src/services/book.ts: src/services/base.ts',
      }),
    );
  });
});
