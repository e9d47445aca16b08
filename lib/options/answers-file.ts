import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parse } from 'yaml';
import { messageOf } from '../errors/generator-error.ts';
import { isRecord, readJsonRecord, stringsIn } from '../json-record.ts';
import { type OptionTable, typedValue } from './option.ts';
import { type RawOptions, rawOptions } from './raw-options.ts';
import { problemsIn, refuseProblems, valueOf } from './resolve.ts';
import { sharedOptions } from './shared-options.ts';

/** Where a made service stores the answers that it was rendered with, as Yeoman's generators do. */
export const STORE = '.yo-rc.json';

/** The key of the answers there. */
export const STORE_KEY = 'generator-clean-flask-ts';

/** What is stored with the answers, and is none. */
const NO_ANSWERS = ['version', 'keep'];

/** The version that stored answers, and not yet its own number. */
const VERSION_WITHOUT_NUMBER = '0.1.0';

/** Options, and all their problems. */
export interface CheckedOptions {
  readonly raw: RawOptions;
  readonly problems: readonly string[];
}

/** Adds what the file of `--answers` holds to what was typed, which takes precedence. */
export function withAnswersFile(table: OptionTable, typed: RawOptions): CheckedOptions {
  const file = valueOf(sharedOptions.answers, typed);
  if (file === '') return { raw: typed, problems: problemsIn(table, typed) };
  const { raw, problems } = readAnswers(table, file, (content) => content);
  const both = without(sharedOptions.answers.name, new Map([...raw, ...typed]));
  const ownProblems = [...problemsIn(table, typed), ...problems];
  // Each may be valid by itself, and both together not.
  return { raw: both, problems: ownProblems.length > 0 ? ownProblems : problemsIn(table, both) };
}

/**
 * Adds the answers that a directory stores to what was provided, which takes precedence.
 *
 * @param own the options whose answers are stored: how a run goes is not
 * @param dropped names that count as if they were not stored
 * @throws {GeneratorError} when a stored answer is invalid
 */
export function withStoredAnswers(
  own: OptionTable,
  directory: string,
  provided: RawOptions,
  dropped: readonly string[] = [],
): RawOptions {
  const file = join(directory, STORE);
  if (!existsSync(file)) return provided;
  const table = { ...own, ...sharedOptions };
  const { raw, problems } = readAnswers(table, file, (content) => answersIn(content, dropped));
  refuseProblems(problems);
  const names = Object.values(own).map(({ name }) => name);
  return new Map([...[...raw].filter(([name]) => names.includes(name)), ...provided]);
}

/** The version of the generator that a directory stores; undefined where it stores no answers. */
export function storedVersion(directory: string): string | undefined {
  const { version } = stored(directory);
  if (typeof version === 'string') return version;
  return storedNames(directory).length > 0 ? VERSION_WITHOUT_NUMBER : undefined;
}

/** The patterns of paths that an update must not change. */
export function keptPaths(directory: string): string[] {
  return stringsIn(stored(directory)['keep']);
}

/** The names of the answers that a directory stores. */
export function storedNames(directory: string): string[] {
  return Object.keys(stored(directory)).filter((name) => !NO_ANSWERS.includes(name));
}

function stored(directory: string): Readonly<Record<string, unknown>> {
  const file = join(directory, STORE);
  const content = existsSync(file) ? readJsonRecord(file)[STORE_KEY] : undefined;
  return isRecord(content) ? content : {};
}

/** The answers in what an answers store holds, without what is stored beside them. */
export function answersIn(content: unknown, dropped: readonly string[] = []): unknown {
  if (!isRecord(content)) return content;
  const answers = content[STORE_KEY] ?? {};
  if (!isRecord(answers)) return answers;
  const left = [...NO_ANSWERS, ...dropped];
  return Object.fromEntries(Object.entries(answers).filter(([key]) => !left.includes(key)));
}

function readAnswers(
  table: OptionTable,
  file: string,
  select: (content: unknown) => unknown,
): CheckedOptions {
  const source = relative(process.cwd(), file) || file;
  try {
    // JSON is YAML.
    const answers = select(parse(readFileSync(file, 'utf8')));
    if (!isRecord(answers)) {
      return { raw: new Map(), problems: [`${source}: expected an object with the answers.`] };
    }
    const raw = new Map(
      [...rawOptions(table, answers)].map(([name, value]) => [name, asTyped(value)]),
    );
    return { raw, problems: problemsIn(table, raw, source) };
  } catch (error) {
    return { raw: new Map(), problems: [`${source}: cannot be read: ${messageOf(error)}`] };
  }
}

function asTyped(value: unknown): unknown {
  return Array.isArray(value) ? typedValue(value) : value;
}

function without(name: string, raw: RawOptions): RawOptions {
  return new Map([...raw].filter(([key]) => key !== name));
}
