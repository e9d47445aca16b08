import { GeneratorError } from '../lib/errors/generator-error.ts';
import { exitStatus } from '../lib/errors/exit-status.ts';
import type { Flags } from '../lib/options/raw-options.ts';
import { type Option, optionUsage } from '../lib/options/option.ts';
import { allOptions, options } from '../generators/app/options.ts';
import { commandLine } from '../lib/options/repeat-command.ts';
import { DOOR } from './door.ts';

// npm sets these by itself, whatever was typed.
const NOT_TOLD_APART: readonly Option<unknown>[] = [
  options.folder,
  options.prefix,
  options.description,
];

/**
 * Finds the options that npm took for its own because they were typed without `--` before them: it
 * hands those on as variables of the environment.
 *
 * @returns what to tell where the run can go on and prompt
 * @throws {GeneratorError} where it cannot go on as it was meant to
 */
export function checkSwallowedOptions(
  typed: Flags,
  environment: NodeJS.ProcessEnv,
  canPrompt: boolean,
): string | undefined {
  if (environment.npm_command === undefined) return undefined;
  const swallowed = allOptions
    .filter((option) => !NOT_TOLD_APART.includes(option) && !typed.has(option.name))
    .flatMap((option) => {
      const value = swallowedValue(option, environment);
      return value === undefined ? [] : [[option, value] as const];
    });
  if (swallowed.length === 0) return undefined;
  const meant = new Map([
    ...typed,
    ...swallowed.map(([{ name }, value]) => [name, value] as const),
  ]);
  const names = swallowed.map(([option]) => optionUsage(option).split(' ', 1).join());
  const reason = `npm took ${names.join(', ')} for itself, because no -- comes before.`;
  const hint = `Type: ${commandLine(DOOR, meant)}`;
  // A user's .npmrc may hold it as well.
  const lasting = swallowed.every(([option]) => option === options.yes);
  if (lasting && canPrompt) return `${reason} ${hint}`;
  throw new GeneratorError(exitStatus.usage, { reason, hint: `Nothing was written. ${hint}` });
}

function swallowedValue(option: Option<unknown>, environment: NodeJS.ProcessEnv): unknown {
  const value = environment[`npm_config_${option.name.replaceAll('-', '_')}`];
  if (option.type !== 'switch') return value === '' ? undefined : value;
  // One that is on by default is typed as --no-x.
  if (option.default === true) return value === '' || value === 'false' ? false : undefined;
  return value === 'true' ? true : undefined;
}
