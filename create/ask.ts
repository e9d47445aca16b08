import prompts, { type PromptObject } from 'prompts';
import { interrupted } from '../lib/errors/generator-error.ts';
import type { Prompt } from '../lib/options/prompts.ts';

const HINT = 'Space to select. Enter to submit.';

/**
 * Shows prompts in a terminal.
 *
 * @throws {GeneratorError} when the user cancels
 */
export async function ask(asked: readonly Prompt[]): Promise<Record<string, unknown>> {
  return prompts(asked.map(promptObject), {
    onCancel: () => {
      throw interrupted('Nothing was written.');
    },
  });
}

function promptObject(prompt: Prompt): PromptObject {
  const { name, message } = prompt;
  switch (prompt.kind) {
    case 'confirm':
      return { type: 'confirm', name, message, initial: prompt.initial };
    case 'select': {
      const choices = prompt.choices.map((value) => ({ title: value, value }));
      return { type: 'select', name, message, choices };
    }
    case 'multiselect': {
      const choices = prompt.choices.map((choice) => ({ title: choice.value, ...choice }));
      return { type: 'multiselect', name, message, choices, instructions: false, hint: HINT };
    }
    case 'input': {
      const { initial, validate } = prompt;
      return {
        ...{ type: 'text', name, message, initial },
        // Ctrl-U, Ctrl-W and the like reach the answer as invisible characters.
        validate: (input: unknown) => validate(withoutControlCharacters(input)),
        format: withoutControlCharacters,
      };
    }
  }
}

function withoutControlCharacters(input: unknown): unknown {
  return typeof input === 'string' ? input.replace(/\p{Cc}/gu, '') : input;
}
