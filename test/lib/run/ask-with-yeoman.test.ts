import { expect, it } from 'vitest';
import { options } from '../../../generators/app/options.ts';
import { promptOf } from '../../../lib/options/prompts.ts';
import { yeomanPrompt } from '../../../lib/run/ask-with-yeoman.ts';

it('prompts for what the table of options says', () => {
  const { directory, packageManager, features, example } = options;
  const shown = [directory, packageManager, features, example].map(promptOf).map(yeomanPrompt);

  expect(shown).toEqual([
    {
      ...{ type: 'input', name: 'name', message: directory.question, default: 'my-service' },
      validate: expect.any(Function),
    },
    {
      ...{ type: 'select', name: 'package-manager', message: 'Package manager' },
      choices: ['npm', 'pnpm', 'yarn', 'bun'],
    },
    {
      ...{ type: 'checkbox', name: 'features', message: 'Features' },
      choices: [
        { value: 'docker', name: 'docker', checked: true },
        { value: 'github-actions', name: 'github-actions', checked: true },
        { value: 'azure-pipelines', name: 'azure-pipelines', checked: false },
        { value: 'kubernetes', name: 'kubernetes', checked: false },
      ],
    },
    { type: 'confirm', name: 'example', message: example.question, default: true },
  ]);
});
