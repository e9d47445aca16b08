import { read } from './resolve.ts';
import { GeneratorError } from '../errors/generator-error.ts';
import { exitStatus } from '../errors/exit-status.ts';
import type { Flags } from './raw-options.ts';
import type { Option } from './option.ts';
import { allOptions, options } from '../../generators/app/options.ts';

/** The options that a person has to be asked about. */
export function openQuestions(flags: Flags): readonly Option<unknown>[] {
  if (read(options.yes, flags)) return [];
  return allOptions.filter(({ name, question }) => question !== undefined && !flags.has(name));
}

/** Whether somebody is there to ask; questions would spoil a standard output that is kept for JSON. */
export function canAsk(flags: Flags): boolean {
  return process.stdin.isTTY && !read(options.json, flags);
}

/** The error for questions that nobody is there to answer. */
export function nobodyToAsk(open: readonly Option<unknown>[]): GeneratorError {
  const missing = open.map(({ name, positional }) => (positional ? name : `--${name}`));
  return new GeneratorError(exitStatus.usage, {
    reason: `Nobody can be asked, without a terminal or with --json, and these were not given: ${missing.join(', ')}.`,
    hint: 'Nothing was written. Give them, or add --yes to take the defaults.',
  });
}

/** Why a typed answer is not acceptable, or true. */
export function acceptable(option: Option<unknown>, raw: unknown): true | string {
  const parsed = option.parse(raw);
  return 'value' in parsed ? true : parsed.problem;
}

/** Adds what a person answered to what was given. */
export function withAnswered(flags: Flags, answered: Readonly<Record<string, unknown>>): Flags {
  const typed = Object.entries(answered).map(
    ([name, value]) => [name, Array.isArray(value) ? value.join(',') : value] as const,
  );
  return new Map([...flags, ...typed]);
}
