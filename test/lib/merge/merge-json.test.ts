import { describe, expect, it } from 'vitest';
import { mergeJson } from '../../../lib/merge/merge-json.ts';

function merge(base: unknown, ours: unknown, theirs: unknown): unknown {
  const texts = [base, ours, theirs].map((value) => `${JSON.stringify(value, undefined, 2)}\n`);
  const merged = mergeJson(texts[0] ?? '', texts[1] ?? '', texts[2] ?? '');
  return merged === undefined ? 'conflict' : JSON.parse(merged);
}

describe('mergeJson', () => {
  it.each([
    ['keeps what the user changed', { a: 1, b: 1 }, { a: 2, b: 1 }, { a: 1, b: 3 }, { a: 2, b: 3 }],
    [
      'adds members at any depth',
      { s: { x: 1 } },
      { s: { x: 1, mine: 1 } },
      { s: { x: 1, y: 2 } },
      { s: { x: 1, y: 2, mine: 1 } },
    ],
    [
      'removes what was not changed here',
      { a: 1, b: 1 },
      { a: 1, b: 1, c: 1 },
      { a: 1 },
      { a: 1, c: 1 },
    ],
    ['leaves removed what the user removed', { a: 1, b: 1 }, { a: 1 }, { a: 2, b: 1 }, { a: 2 }],
    ['takes lists as values', { l: [1] }, { l: [1] }, { l: [1, 2] }, { l: [1, 2] }],
    ['does not conflict when both changed alike', { a: 1 }, { a: 2 }, { a: 2 }, { a: 2 }],
    ['conflicts when both changed a member', { a: 1 }, { a: 2 }, { a: 3 }, 'conflict'],
    [
      'conflicts when a member was changed and is to be removed',
      { a: 1 },
      { a: 2 },
      {},
      'conflict',
    ],
  ])('%s', (_, base, ours, theirs, merged) => {
    expect(merge(base, ours, theirs)).toEqual(merged);
  });

  it('keeps the order and the format of the file', () => {
    const ours = '{\n\t"b": 1,\n\t"a": 1\n}';
    const theirs = '{ "a": 1, "c": 2, "b": 1 }';
    expect(mergeJson('{ "a": 1, "b": 1 }', ours, theirs)).toBe(
      '{\n\t"b": 1,\n\t"a": 1,\n\t"c": 2\n}',
    );
  });

  it('conflicts where a file is not JSON', () => {
    expect(mergeJson('{}', '// mine\n{}', '{ "a": 1 }')).toBeUndefined();
  });
});
