import type { Prompt } from '../options/prompts.ts';

/** A prompt as Yeoman shows it. */
export function yeomanPrompt(prompt: Prompt) {
  const { name, message } = prompt;
  switch (prompt.kind) {
    case 'confirm':
      return { type: 'confirm' as const, name, message, default: prompt.initial };
    case 'select':
      return { type: 'select' as const, name, message, choices: prompt.choices };
    case 'multiselect': {
      const choices = prompt.choices.map(({ value, selected }) => ({
        value,
        name: value,
        checked: selected,
      }));
      return { type: 'checkbox' as const, name, message, choices };
    }
    case 'input': {
      const { initial, validate } = prompt;
      return { type: 'input' as const, name, message, default: initial, validate };
    }
  }
}
