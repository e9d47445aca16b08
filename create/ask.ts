import prompts, { type PromptObject } from 'prompts';
import { interrupted } from '../lib/errors/generator-error.ts';
import type { Option } from '../lib/options/option.ts';
import { acceptable } from '../lib/options/unanswered.ts';

const HINT = 'space to choose, enter to go on';

/**
 * Asks the questions in a terminal.
 *
 * @throws {GeneratorError} when the person cancels
 */
export async function ask(open: readonly Option<unknown>[]): Promise<Record<string, unknown>> {
  return prompts(open.map(question), {
    onCancel: () => {
      throw interrupted('Nothing was written.');
    },
  });
}

function question(option: Option<unknown>): PromptObject {
  const { name, question: message = name, default: fallback } = option;
  if (option.type === 'switch') {
    return { type: 'confirm', name, message, initial: fallback === true };
  }
  if (option.type === 'list') {
    const chosen = Array.isArray(fallback) ? fallback : [];
    const choices = (option.choices ?? []).map((value) => ({
      title: value,
      value,
      selected: chosen.includes(value),
    }));
    return { type: 'multiselect', name, message, choices, instructions: false, hint: HINT };
  }
  if (option.type === 'choice') {
    const choices = (option.choices ?? []).map((value) => ({ title: value, value }));
    return { type: 'select', name, message, choices };
  }
  return {
    type: 'text',
    name,
    message,
    initial: String(fallback),
    // Ctrl-U, Ctrl-W and the like reach the answer as invisible characters.
    validate: (raw: unknown) => acceptable(option, withoutControlCharacters(raw)),
    format: withoutControlCharacters,
  };
}

function withoutControlCharacters(raw: unknown): unknown {
  return typeof raw === 'string' ? raw.replace(/\p{Cc}/gu, '') : raw;
}
