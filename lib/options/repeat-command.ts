import { isDeepStrictEqual } from 'node:util';
import { type Option, optionFlag, type OptionTable, typedValue } from './option.ts';
import type { RawOptions } from './raw-options.ts';
import { valueOf } from './resolve.ts';
import { sharedOptions } from './shared-options.ts';

const PLAIN = /^[\w@%+=:,./-]+$/;

/** The command line that repeats a run without prompts, for a generator typed as `invocation`. */
export function repeatCommand(invocation: string, table: OptionTable, raw: RawOptions): string {
  const repeated = new Map([...raw, [sharedOptions.yes.name, true]]);
  repeated.delete(sharedOptions.resume.name);
  return commandLine(invocation, table, repeated);
}

/** The command line that continues a failed run in its target directory. */
export function resumeCommand(invocation: string, target: Option<string>, raw: RawOptions): string {
  const resumed = new Map<string, unknown>([
    [target.name, raw.get(target.name)],
    [sharedOptions.resume.name, true],
  ]);
  return commandLine(invocation, { target, resume: sharedOptions.resume }, resumed);
}

/** The shortest command line with these options. */
export function commandLine(invocation: string, table: OptionTable, raw: RawOptions): string {
  const words = Object.values(table)
    .map((option) => ({ option, value: valueOf(option, raw) }))
    .filter(({ option, value }) => option.positional || !isDeepStrictEqual(value, option.default))
    .flatMap(({ option, value }) => asTyped(option, value));
  return [invocation, ...words.map(quoted)].join(' ');
}

function asTyped(option: Option<unknown>, value: unknown): string[] {
  const text = typedValue(value);
  if (Array.isArray(value) && (option.positional === 'rest' || option.type === 'texts')) {
    const flag = option.positional ? [] : [optionFlag(option)];
    return value.flatMap((item) => [...flag, String(item)]);
  }
  if (option.positional) return [text];
  const flag = optionFlag(option);
  if (option.type === 'switch') return [flag];
  return [flag, option.type === 'list' && text === '' ? 'none' : text];
}

/** Quotes a word for the shells of this platform. */
function quoted(word: string): string {
  if (PLAIN.test(word)) return word;
  return process.platform === 'win32'
    ? `"${word.replaceAll('"', '\\"')}"`
    : `'${word.replaceAll("'", "'\\''")}'`;
}
