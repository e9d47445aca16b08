import { expect, it } from 'vitest';
import { mergeLines } from '../../../lib/merge/merge-lines.ts';

it.each([
  ['adds a line behind those that are there', 'a\n', 'mine\na\n', 'a\nb\n', 'mine\na\nb\n'],
  ['removes a line', 'a\nb\n', 'b\nmine\na\n', 'a\n', 'mine\na\n'],
  ['keeps what was removed here', 'a\nb\n', 'a\n', 'a\nb\nc\n', 'a\nc\n'],
  ['adds nothing twice', 'a\n', 'a\nb\n', 'a\nb\n', 'a\nb\n'],
  ['adds to a file without a last line feed', 'a\n', 'a', 'a\nb\n', 'a\nb'],
])('%s', (_, base, ours, theirs, merged) => {
  expect(mergeLines(base, ours, theirs)).toBe(merged);
});
