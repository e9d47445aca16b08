import type { Option } from '../options/option.ts';
import { acceptable } from '../options/unanswered.ts';

/** The questions as Yeoman asks them. */
export function yeomanQuestions(open: readonly Option<unknown>[]) {
  return open.map((option) => {
    const { name, question: message = name, default: fallback } = option;
    if (option.type === 'switch') {
      return { type: 'confirm' as const, name, message, default: fallback === true };
    }
    if (option.type === 'list') {
      const chosen = Array.isArray(fallback) ? fallback : [];
      const choices = (option.choices ?? []).map((value) => ({
        value,
        name: value,
        checked: chosen.includes(value),
      }));
      return { type: 'checkbox' as const, name, message, choices };
    }
    if (option.type === 'choice') {
      return { type: 'select' as const, name, message, choices: option.choices ?? [] };
    }
    return {
      type: 'input' as const,
      name,
      message,
      default: String(fallback),
      validate: (raw: unknown) => acceptable(option, raw),
    };
  });
}
