import { parseArgs } from 'node:util';
import { canonicalFlags, type Flags } from '../lib/options/raw-options.ts';
import { allOptions } from '../generators/app/options.ts';

/** What was typed. */
export interface CommandLine {
  readonly help: boolean;
  readonly version: boolean;
  readonly flags: Flags;
}

/** Reads the command line by the table of options; judging it is left to who resolves the flags. */
export function parseCommandLine(args: readonly string[]): CommandLine {
  const raw = new Map<string, unknown[]>();
  const { tokens } = parseArgs({
    args: [...args],
    options: declared(),
    // Not strict, because all problems are to be told at once.
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  for (const token of tokens) {
    if (token.kind === 'option-terminator') continue;
    const name = token.kind === 'positional' ? 'name' : token.name;
    const value = token.kind === 'positional' ? token.value : (valueOf(token) ?? true);
    raw.set(name, [...(raw.get(name) ?? []), value]);
  }
  const { help, version, ...flags } = Object.fromEntries(raw);
  return {
    help: help !== undefined,
    version: version !== undefined,
    flags: canonicalFlags(flatten(flags)),
  };
}

function declared() {
  const entries = allOptions
    .filter(({ type }) => type !== 'switch')
    .map(({ name }) => [name, { type: 'string' as const, multiple: true }] as const);
  return {
    ...Object.fromEntries(entries),
    help: { type: 'boolean' as const, short: 'h' },
    version: { type: 'boolean' as const, short: 'v' },
  };
}

// `--port --yes` is a forgotten value, not a port named --yes.
function valueOf(token: { value?: string | undefined; inlineValue?: boolean | undefined }) {
  const forgotten = token.inlineValue === false && token.value?.startsWith('-');
  return forgotten ? undefined : token.value;
}

function flatten(flags: Readonly<Record<string, unknown[]>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(flags).map(([name, values]) => [name, values.length > 1 ? values : values[0]]),
  );
}
