import prompts from 'prompts';
import { describe, expect, it } from 'vitest';
import { ask } from '../../../create/ask.ts';
import { yeomanQuestions } from '../../../lib/run/ask-with-yeoman.ts';
import { options } from '../../../generators/app/options.ts';

const open = [options.folder, options.features, options.example];

describe('ask', () => {
  it('gives the answers under the names of the options', async () => {
    prompts.inject(['orders', ['docker'], false]);
    expect(await ask(open)).toEqual({ name: 'orders', features: ['docker'], example: false });
  });

  it('ignores control characters in a text, such as those of Ctrl-U and Ctrl-W', async () => {
    prompts.inject(['\u0015orders\u0017']);
    expect(await ask([options.folder])).toEqual({ name: 'orders' });
  });

  it('ends as interrupted when the person cancels', async () => {
    prompts.inject(['orders', new Error('cancelled')]);
    await expect(ask(open)).rejects.toMatchObject({ code: 130, hint: 'Nothing was written.' });
  });
});

describe('yeomanQuestions', () => {
  it('asks the same as the table says', () => {
    expect(yeomanQuestions(open)).toMatchObject([
      { type: 'input', name: 'name', message: options.folder.question, default: 'my-service' },
      {
        type: 'checkbox',
        name: 'features',
        choices: [
          { value: 'docker', checked: true },
          { value: 'github-actions', checked: true },
          { value: 'azure-pipelines', checked: false },
          { value: 'kubernetes', checked: false },
        ],
      },
      { type: 'confirm', name: 'example', default: true },
    ]);
  });
});
