import { parseArgs } from 'node:util';
import type { OptionTable } from '../lib/options/option.ts';
import { positionalOptions, type RawOptions, rawOptions } from '../lib/options/raw-options.ts';

/** What was typed. */
export interface CommandLine {
  readonly help: boolean;
  readonly version: boolean;
  readonly raw: RawOptions;
}

/** Reads the command line by a table of options; problems are left to whoever resolves them. */
export function parseCommandLine(table: OptionTable, args: readonly string[]): CommandLine {
  const typed = new Map<string, unknown[]>();
  const words: string[] = [];
  const { tokens } = parseArgs({
    args: [...args],
    options: declared(table),
    // Not strict, because all problems are reported at once.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    if (token.kind === 'positional') words.push(token.value);
    else typed.set(token.name, [...(typed.get(token.name) ?? []), valueOf(token) ?? true]);
  }
  const { help, version, ...options } = Object.fromEntries(typed);
  return {
    help: help !== undefined,
    version: version !== undefined,
    raw: new Map([...rawOptions(table, flatten(options)), ...positionalOptions(table, words)]),
  };
}

function declared(table: OptionTable) {
  const entries = Object.values(table)
    .filter(({ type }) => type !== 'switch')
    .map(({ name }) => [name, { type: 'string' as const, multiple: true }] as const);
  return {
    ...Object.fromEntries(entries),
    help: { type: 'boolean' as const, short: 'h' },
    version: { type: 'boolean' as const, short: 'v' },
  };
}

// `--port --yes` is a missing value, not a port named --yes.
function valueOf(token: { value?: string | undefined; inlineValue?: boolean | undefined }) {
  const isMissing = token.inlineValue === false && token.value?.startsWith('-');
  return isMissing ? undefined : token.value;
}

function flatten(options: Readonly<Record<string, unknown[]>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(options).map(([name, values]) => [name, values.length > 1 ? values : values[0]]),
  );
}
