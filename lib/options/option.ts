/** What a raw value became: the value, or why it is not acceptable and what to give instead. */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };

export type OptionType = 'text' | 'number' | 'choice' | 'list' | 'switch';

/** What an option decides: the files of the service, or how a run goes. */
export type OptionGroup = 'service' | 'run';

/** One option, as both doors, the help, the README and the tests know it. */
export interface Option<T> {
  /** As it is typed, without `--` and, for a switch that is on by default, without `no-`. */
  readonly name: string;
  readonly type: OptionType;
  readonly group: OptionGroup;
  readonly default: T;
  /** What it does; for a switch, what giving it does. */
  readonly help: string;
  readonly choices?: readonly string[];
  /** What stands for the value in the help; the type, if it is left out. */
  readonly placeholder?: string;
  /** Asked in a terminal when the option is not given; absent when a person need not decide. */
  readonly question?: string;
  /** Given by position instead of with `--`. */
  readonly positional?: true;
  /** Turns what a door received into the value. */
  readonly parse: (raw: unknown) => Parsed<T>;
}

/** How the option is written on a command line. */
export function optionUsage(option: Option<unknown>): string {
  if (option.positional) return `[${option.name}]`;
  if (option.type === 'switch')
    return option.default === true ? `--no-${option.name}` : `--${option.name}`;
  return `--${option.name} <${option.placeholder ?? option.type}>`;
}

/** The default as it would be typed; empty when that is nothing. */
export function optionDefault(option: Option<unknown>): string {
  if (option.type === 'switch') return '';
  return Array.isArray(option.default) ? option.default.join(',') : String(option.default);
}
