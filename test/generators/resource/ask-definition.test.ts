import { beforeEach, describe, expect, it, vi } from 'vitest';
import { askForDefinition } from '../../../generators/resource/ask-definition.ts';
import type { Prompt } from '../../../lib/options/prompts.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { withTerminal } from '../../support/terminal.ts';
import { writeFiles } from '../../support/write-files.ts';

/** Answers prompts in order; what is refused is followed by the next answer. */
async function answer(
  typed: Readonly<Record<string, unknown>>,
  answers: readonly (string | boolean)[],
  directory = temporaryFolder(),
) {
  const left = [...answers];
  const refused: unknown[] = [];
  const ask = ([prompt]: readonly Prompt[]) => {
    for (;;) {
      const next = left.shift();
      if (prompt === undefined || next === undefined) throw new Error('Unexpected prompt');
      const valid = prompt.kind === 'input' ? prompt.validate(next) : true;
      if (valid === true) return Promise.resolve({ [prompt.name]: next });
      refused.push(valid);
    }
  };
  const target = { directory, workspace: undefined };
  const raw = await askForDefinition(new Map(Object.entries(typed)), target, ask);
  return { raw: Object.fromEntries(raw), refused, left };
}

describe('askForDefinition', () => {
  const printed: string[] = [];
  beforeEach(() => {
    withTerminal(true);
    printed.length = 0;
    vi.spyOn(console, 'log').mockImplementation((text: string) => printed.push(text));
    return () => {
      vi.restoreAllMocks();
    };
  });

  it('prompts for the name and the fields, and shows the definition', async () => {
    const answers = ['book', 'title:string(200)', 'pages:int?', '', true];
    expect(await answer({}, answers)).toEqual({
      raw: { name: 'book', fields: ['title:string(200)', 'pages:int?'] },
      refused: [],
      left: [],
    });
    expect(printed.join('\n')).toContain('"pages": "int?"');
  });

  it('says what is wrong with a field, and prompts for it again', async () => {
    const answers = ['', 'title:strng', 'title:text', 'title:int', '', true];
    const { raw, refused } = await answer({ name: 'book' }, answers);
    expect(raw).toEqual({ name: 'book', fields: ['title:text'] });
    expect(refused).toEqual([
      expect.stringContaining('missing name'),
      'title:strng (column 7): unknown type "strng": did you mean "string"?',
      'title:int (column 1): the field "title" appears twice.',
    ]);
  });

  it('ends the run when the definition is not wanted', async () => {
    await expect(answer({}, ['book', 'title:text', '', false])).rejects.toMatchObject({
      code: 130,
    });
  });

  it.each([
    ['there are fields', { name: 'book', fields: ['title:text'] }],
    ['a field is added', { name: 'book', add: ['title:text'] }],
    ['the resource is removed', { name: 'book', remove: true }],
    ['there is a file', { from: 'library.yml' }],
    ['it may not', { name: 'book', yes: true }],
  ])('does not prompt when %s', async (_, typed) => {
    expect((await answer(typed, [])).raw).toEqual(typed);
  });

  it('does not prompt for the fields of a resource that exists', async () => {
    const directory = temporaryFolder();
    writeFiles(directory, { 'resources/book.json': '{ "fields": { "title": "text" } }' });
    expect((await answer({}, ['book'], directory)).raw).toEqual({ name: 'book' });
  });
});
