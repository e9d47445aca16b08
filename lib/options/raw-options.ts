import type { OptionTable } from './option.ts';
import { parseSwitch } from './parse-values.ts';

/** What an entry point received, by the names of the options; unknown names are kept. */
export type RawOptions = ReadonlyMap<string, unknown>;

/**
 * Brings what an entry point received under the options' own names: `skipInstall` is
 * `skip-install`, `no-git` is the opposite of `git`, and an alias is its option.
 */
export function rawOptions(
  table: OptionTable,
  received: Readonly<Record<string, unknown>>,
): RawOptions {
  const raw = new Map<string, unknown>();
  for (const [key, value] of Object.entries(received)) {
    if (value === undefined) continue;
    const typed = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const name = Object.values(table).find(({ alias }) => alias === typed)?.name ?? typed;
    const positive = name.replace(/^no-/, '');
    if (name !== positive && isSwitch(table, positive)) raw.set(positive, opposite(value));
    else raw.set(name, value);
  }
  return raw;
}

/** Brings words without a flag under the names of the options that are typed by position. */
export function positionalOptions(
  table: OptionTable,
  words: readonly string[],
): (readonly [string, unknown])[] {
  const positional = Object.values(table).filter((option) => option.positional);
  const rest = positional.find((option) => option.positional === 'rest');
  const [value, ...more] = words;
  if (value === undefined) return [];
  const name = positional[0]?.name ?? value;
  if (rest === undefined) return [[name, more.length === 0 ? value : words]];
  return [[name, value], ...(more.length === 0 ? [] : [[rest.name, more] as const])];
}

function isSwitch(table: OptionTable, name: string): boolean {
  return Object.values(table).some((option) => option.name === name && option.type === 'switch');
}

function opposite(value: unknown): unknown {
  const parsed = parseSwitch(value);
  return 'value' in parsed ? !parsed.value : value;
}
