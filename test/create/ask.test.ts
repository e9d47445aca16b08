import prompts from 'prompts';
import { describe, expect, it } from 'vitest';
import { ask } from '../../create/ask.ts';
import { options } from '../../generators/app/options.ts';
import { promptOf } from '../../lib/options/prompts.ts';

const shown = [options.directory, options.features, options.example].map(promptOf);

describe('ask', () => {
  it('gives the answers under the names of the options', async () => {
    prompts.inject(['orders', ['docker'], false]);
    expect(await ask(shown)).toEqual({ name: 'orders', features: ['docker'], example: false });
  });

  it('ignores control characters in a text, such as those of Ctrl-U and Ctrl-W', async () => {
    prompts.inject(['\u0015orders\u0017']);
    expect(await ask([promptOf(options.directory)])).toEqual({ name: 'orders' });
  });

  it('ends as interrupted when the user cancels', async () => {
    prompts.inject(['orders', new Error('cancelled')]);
    await expect(ask(shown)).rejects.toMatchObject({ code: 130, hint: 'Nothing was written.' });
  });
});
