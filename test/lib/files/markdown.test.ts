import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asMarkdown } from '../../../lib/files/markdown.ts';
import { descriptions } from '../../support/descriptions.ts';
import { htmlOf, shownText } from '../../support/shown-markdown.ts';

const RUNS = 10_000;

describe('asMarkdown', () => {
  it('lets Markdown show a line as it is', () => {
    fc.assert(
      fc.property(descriptions, (line) => {
        expect(shownText(htmlOf(asMarkdown(line)))).toBe(`<p>${line}</p>\n`);
      }),
      { numRuns: RUNS },
    );
  });

  it.each([
    ['A REST service (v2): fast & small; 100% of it!', undefined],
    ['See https://shop.example.com/a_b', undefined],
    ['# <b> `x` *y* [z]', '\\# \\<b> \\`x\\` \\*y\\* \\[z\\]'],
    ['1. AT&amp;T', '1\\. AT\\&amp;T'],
    ['https://a.example/*', 'https\\://a.example/\\*'],
  ])('escapes only what it has to: %s', (line, expected = line) => {
    expect(asMarkdown(line)).toBe(expected);
  });
});
