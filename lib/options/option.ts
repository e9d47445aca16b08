/** What parsing a raw value gives: the value, or why it is invalid and what to provide instead. */
export type Parsed<T> = { readonly value: T } | { readonly problem: string };

/** `texts` may be provided several times; a `list` is separated by commas. */
export type OptionType = 'text' | 'texts' | 'number' | 'choice' | 'list' | 'switch';

/** One option, from which parsing, prompts, the help, the README's table and the tests are derived. */
export interface Option<T> {
  /** As it is typed, without `--` and, for a switch that is on by default, without `no-`. */
  readonly name: string;
  /** Another name that is accepted. */
  readonly alias?: string;
  readonly type: OptionType;
  readonly default: T;
  /** What it does; for a switch, what typing it does. */
  readonly help: string;
  readonly choices?: readonly string[];
  /** What the help shows for the value instead of the type. */
  readonly valueHint?: string;
  /** The prompt for an omitted option; without one it takes its default. */
  readonly question?: string;
  /** Typed by its position instead of with `--`; `rest` takes all words that are left. */
  readonly positional?: true | 'rest';
  /** Turns what an entry point received into the value. */
  readonly parse: (raw: unknown) => Parsed<T>;
}

/** The options of a generator, in the order in which they are prompted for and listed. */
export type OptionTable = Readonly<Record<string, Option<unknown>>>;

/** The values of all options of a table, by its keys. */
export type Values<T extends OptionTable> = {
  readonly [Key in keyof T]: T[Key] extends { parse: (raw: unknown) => Parsed<infer Value> }
    ? Value
    : never;
};

/** How the option is written on a command line. */
export function optionUsage(option: Option<unknown>): string {
  if (option.positional === 'rest') return `[${option.name}...]`;
  if (option.positional) return `[${option.name}]`;
  if (option.type === 'switch') return optionFlag(option);
  return `${optionFlag(option)} <${option.valueHint ?? option.type}>`;
}

/** The first word of the option on a command line; for a positional one, its name. */
export function optionFlag({ name, type, positional, default: fallback }: Option<unknown>): string {
  if (positional) return name;
  return type === 'switch' && fallback === true ? `--no-${name}` : `--${name}`;
}

/** The default as it would be typed; empty for a switch and for an empty list. */
export function optionDefault(option: Option<unknown>): string {
  return option.type === 'switch' ? '' : typedValue(option.default);
}

/** A value as it would be typed. */
export function typedValue(value: unknown): string {
  return Array.isArray(value) ? value.join(',') : String(value);
}
