import { exitStatus } from '../errors/exit-status.ts';
import { GeneratorError } from '../errors/generator-error.ts';
import { nearest } from './nearest.ts';
import { type Option, optionFlag, type OptionTable, type Values } from './option.ts';
import type { RawOptions } from './raw-options.ts';
import { incompatibleOptions } from './shared-options.ts';

/**
 * The values of all options of a table; omitted ones take their defaults.
 *
 * @throws {GeneratorError} with all problems at once
 */
export function resolveOptions<T extends OptionTable>(table: T, raw: RawOptions): Values<T> {
  refuseProblems(problemsIn(table, raw));
  return valuesOf(table, raw);
}

/** The values of the options of a table; what is omitted or invalid takes its default. */
export function valuesOf<T extends OptionTable>(table: T, raw: RawOptions): Values<T> {
  const values = Object.fromEntries(
    Object.entries(table).map(([key, option]) => [key, valueOf(option, raw)]),
  );
  if (hasAll(table, values)) return Object.freeze(values);
  throw new Error('An option has no value');
}

/** The value of one option; its default when it is omitted or invalid. */
export function valueOf<T>(option: Option<T>, raw: RawOptions): T {
  if (!raw.has(option.name)) return option.default;
  const parsed = option.parse(raw.get(option.name));
  return 'value' in parsed ? parsed.value : option.default;
}

/** The problems of raw options; `source` is the file that they were read from. */
export function problemsIn(table: OptionTable, raw: RawOptions, source?: string): string[] {
  const where = source === undefined ? '' : `${source}: `;
  return [
    ...unknownOptions(table, raw, source),
    ...invalidValues(table, raw, source),
    ...incompatibilities(raw),
  ].map((problem) => `${where}${problem}`);
}

/**
 * Ends the run if there are problems.
 *
 * @throws {GeneratorError} with all of them
 */
export function refuseProblems(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new GeneratorError(exitStatus.usage, {
    reason: problems.join('\n'),
    hint: 'Nothing was written. Add --help to list all options.',
  });
}

function hasAll<T extends OptionTable>(
  table: T,
  values: Readonly<Record<string, unknown>>,
): values is Values<T> {
  return Object.keys(table).every((key) => key in values);
}

function invalidValues(table: OptionTable, raw: RawOptions, source?: string): string[] {
  return Object.values(table).flatMap((option) => {
    if (!raw.has(option.name)) return [];
    const parsed = option.parse(raw.get(option.name));
    return 'problem' in parsed ? [`${label(option, source)}: ${parsed.problem}`] : [];
  });
}

function incompatibilities(raw: RawOptions): string[] {
  return incompatibleOptions
    .filter(([one, other]) => valueOf(one, raw) && valueOf(other, raw))
    .map(
      ([one, other, reason]) =>
        `${optionFlag(one)} and ${optionFlag(other)} exclude each other: ${reason}. Omit one.`,
    );
}

function unknownOptions(table: OptionTable, raw: RawOptions, source?: string): string[] {
  const names = Object.values(table).map(({ name }) => name);
  return [...raw]
    .filter(([name]) => !names.includes(name))
    .map(([name, value]) => {
      const typed = source === undefined ? asTyped(name, value) : name;
      return `${typed}: unknown option.${guess(table, name, source)}`;
    });
}

function guess(table: OptionTable, name: string, source?: string): string {
  const candidates = Object.values(table).filter(({ positional }) => !positional);
  const word = nearest(
    name.replace(/^no-/, ''),
    candidates.map((option) => option.name),
  );
  const meant = candidates.find((option) => option.name === word);
  return meant === undefined ? '' : ` Did you mean ${label(meant, source)}?`;
}

function asTyped(name: string, value: unknown): string {
  if (name.length === 1) return `-${name}`;
  return value === false ? `--no-${name}` : `--${name}`;
}

function label(option: Option<unknown>, source?: string): string {
  return source === undefined ? optionFlag(option) : option.name;
}
