import { parseSwitch } from './parse-values.ts';
import { allOptions } from '../../generators/app/options.ts';

/** What a door received, by the names of the options; a name that is no option's is kept. */
export type Flags = ReadonlyMap<string, unknown>;

/**
 * Brings what a door received under the options' own names: `skipInstall` is `skip-install`, and
 * `no-git` is `git` turned round.
 */
export function canonicalFlags(raw: Readonly<Record<string, unknown>>): Flags {
  const flags = new Map<string, unknown>();
  for (const [key, value] of Object.entries(raw)) {
    if (value === undefined) continue;
    const name = key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    const positive = name.replace(/^no-/, '');
    if (name !== positive && isSwitch(positive)) flags.set(positive, opposite(value));
    else flags.set(name, value);
  }
  return flags;
}

function isSwitch(name: string): boolean {
  return allOptions.some((option) => option.name === name && option.type === 'switch');
}

function opposite(value: unknown): unknown {
  const parsed = parseSwitch(value);
  return 'value' in parsed ? !parsed.value : value;
}
