import { exitStatus } from '../errors/exit-status.ts';
import { GeneratorError } from '../errors/generator-error.ts';
import { type Option, type OptionTable, typedValue } from './option.ts';
import type { RawOptions } from './raw-options.ts';
import { valueOf } from './resolve.ts';
import { sharedOptions } from './shared-options.ts';

/** A prompt for one option, whichever library shows it. */
export type Prompt = { readonly name: string; readonly message: string } & (
  | { readonly kind: 'confirm'; readonly initial: boolean }
  | { readonly kind: 'select'; readonly choices: readonly string[] }
  | {
      readonly kind: 'multiselect';
      readonly choices: readonly { readonly value: string; readonly selected: boolean }[];
    }
  | {
      readonly kind: 'input';
      readonly initial: string;
      /** Why an input is invalid, or true. */
      readonly validate: (input: unknown) => true | string;
    }
);

/** Shows prompts in a terminal; the answers come under the names of the options. */
export type Ask = (prompts: readonly Prompt[]) => Promise<Readonly<Record<string, unknown>>>;

/** The options that have to be prompted for. */
export function unansweredOptions(table: OptionTable, raw: RawOptions): Option<unknown>[] {
  if (valueOf(sharedOptions.yes, raw)) return [];
  return Object.values(table).filter(
    ({ name, question }) => question !== undefined && !raw.has(name),
  );
}

/** Whether prompts can be shown; with `--json` they would spoil standard output. */
export function canPrompt(raw: RawOptions): boolean {
  return process.stdin.isTTY && !valueOf(sharedOptions.json, raw);
}

/**
 * Prompts for options.
 *
 * @throws {GeneratorError} with their names where prompts cannot be shown
 */
export async function promptFor(
  unanswered: readonly Option<unknown>[],
  raw: RawOptions,
  ask: Ask,
): Promise<RawOptions> {
  requirePrompts(unanswered, raw);
  if (unanswered.length === 0) return raw;
  const answers = Object.entries(await ask(unanswered.map(promptOf)));
  const typed = answers.map(
    ([name, value]) => [name, Array.isArray(value) ? typedValue(value) : value] as const,
  );
  return new Map([...raw, ...typed]);
}

/**
 * Checks that prompts can be shown if there are unanswered options.
 *
 * @throws {GeneratorError} with their names if not
 */
export function requirePrompts(unanswered: readonly Option<unknown>[], raw: RawOptions): void {
  if (unanswered.length > 0 && !canPrompt(raw)) throw missingOptionsError(unanswered);
}

/** The prompt for an option. */
export function promptOf(option: Option<unknown>): Prompt {
  const { name, type, question: message = name, default: fallback, choices = [] } = option;
  if (type === 'switch') return { kind: 'confirm', name, message, initial: fallback === true };
  if (type === 'choice') return { kind: 'select', name, message, choices };
  if (type === 'list') {
    const chosen = Array.isArray(fallback) ? fallback : [];
    const all = choices.map((value) => ({ value, selected: chosen.includes(value) }));
    return { kind: 'multiselect', name, message, choices: all };
  }
  const validate = (input: unknown) => {
    const parsed = option.parse(input);
    return 'value' in parsed ? true : parsed.problem;
  };
  return { kind: 'input', name, message, initial: String(fallback), validate };
}

function missingOptionsError(unanswered: readonly Option<unknown>[]): GeneratorError {
  const names = unanswered.map(({ name, positional }) => (positional ? name : `--${name}`));
  return new GeneratorError(exitStatus.usage, {
    reason: `Cannot prompt without a terminal or with --json. Missing options: ${names.join(', ')}.`,
    hint: 'Nothing was written. Provide them, or add --yes to use the defaults.',
  });
}
