import { GeneratorError } from '../lib/errors/generator-error.ts';
import { exitStatus } from '../lib/errors/exit-status.ts';
import { options } from '../generators/app/options.ts';
import { type Option, optionFlag, type OptionTable } from '../lib/options/option.ts';
import type { RawOptions } from '../lib/options/raw-options.ts';
import { commandLine } from '../lib/options/repeat-command.ts';
import { sharedOptions } from '../lib/options/shared-options.ts';

// npm sets these itself, whatever was typed.
const AMBIGUOUS: readonly Option<unknown>[] = [
  options.directory,
  options.prefix,
  options.description,
];

/**
 * Finds the options that npm consumed because they were typed without `--` before them: it passes them
 * on as environment variables.
 *
 * @returns a note if the run can continue with prompts
 * @throws {GeneratorError} if it cannot continue as intended
 */
export function checkSwallowedOptions(
  invocation: string,
  table: OptionTable,
  typed: RawOptions,
  environment: NodeJS.ProcessEnv = process.env,
  canPrompt: boolean = process.stdin.isTTY,
): string | undefined {
  if (environment.npm_command === undefined) return undefined;
  const swallowed = Object.values(table)
    .filter((option) => !AMBIGUOUS.includes(option) && !typed.has(option.name))
    .flatMap((option) => {
      const value = swallowedValue(option, environment);
      return value === undefined ? [] : [[option, value] as const];
    });
  if (swallowed.length === 0) return undefined;
  const meant = new Map([
    ...typed,
    ...swallowed.map(([{ name }, value]) => [name, value] as const),
  ]);
  const names = swallowed.map(([option]) => optionFlag(option));
  const reason = `npm consumed ${names.join(', ')}, because -- is missing before.`;
  const hint = `Use: ${commandLine(invocation, table, meant)}`;
  // A user's .npmrc may hold it as well.
  const lasting = swallowed.every(([option]) => option === sharedOptions.yes);
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
