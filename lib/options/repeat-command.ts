import { isDeepStrictEqual } from 'node:util';
import { read } from './resolve.ts';
import type { Flags } from './raw-options.ts';
import { type Option, optionDefault, optionUsage } from './option.ts';
import { allOptions, options } from '../../generators/app/options.ts';

const PLAIN = /^[\w@%+=:,./-]+$/;

/** The command line that repeats a run without questions, for a door that is typed as `door`. */
export function repeatCommand(door: string, flags: Flags): string {
  const repeated = new Map([...flags, [options.yes.name, true]]);
  repeated.delete(options.resume.name);
  return commandLine(door, repeated);
}

/** The shortest command line that gives these flags. */
export function commandLine(door: string, flags: Flags): string {
  const words = allOptions
    .filter(
      (option) => option.positional || !isDeepStrictEqual(read(option, flags), option.default),
    )
    .flatMap((option) => asTyped(option, read(option, flags)));
  return [door, ...words.map(quoted)].join(' ');
}

/** The command line that continues a run that failed. */
export function resumeCommand(door: string, flags: Flags): string {
  return [door, quoted(read(options.folder, flags)), optionUsage(options.resume)].join(' ');
}

function asTyped(option: Option<unknown>, value: unknown): string[] {
  const text = optionDefault({ ...option, default: value });
  if (option.positional) return [text];
  const [name = ''] = optionUsage(option).split(' ');
  if (option.type === 'switch') return [name];
  return [name, option.type === 'list' && text === '' ? 'none' : text];
}

/** Quotes a word for the shells of this platform. */
function quoted(word: string): string {
  if (PLAIN.test(word)) return word;
  return process.platform === 'win32'
    ? `"${word.replaceAll('"', '\\"')}"`
    : `'${word.replaceAll("'", "'\\''")}'`;
}
