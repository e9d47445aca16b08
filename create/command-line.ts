import { parseArgs } from 'node:util';
import type { OptionTable } from '../lib/options/option.ts';
import { type RawOptions, rawOptions } from '../lib/options/raw-options.ts';

/** What was typed. */
export interface CommandLine {
  readonly help: boolean;
  readonly version: boolean;
  readonly raw: RawOptions;
}

/** Reads the command line by a table of options; problems are left to whoever resolves them. */
export function parseCommandLine(table: OptionTable, args: readonly string[]): CommandLine {
  const typed = new Map<string, unknown[]>();
  const positional = Object.values(table).find((option) => option.positional)?.name ?? '';
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
    const name = token.kind === 'positional' ? positional : token.name;
    const value = token.kind === 'positional' ? token.value : (valueOf(token) ?? true);
    typed.set(name, [...(typed.get(name) ?? []), value]);
  }
  const { help, version, ...options } = Object.fromEntries(typed);
  return {
    help: help !== undefined,
    version: version !== undefined,
    raw: rawOptions(table, flatten(options)),
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
