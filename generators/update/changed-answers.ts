import { storedNames, withStoredAnswers } from '../../lib/options/answers-file.ts';
import { type Option, type OptionTable } from '../../lib/options/option.ts';
import { quote } from '../../lib/options/parse-values.ts';
import type { RawOptions } from '../../lib/options/raw-options.ts';
import { problemsIn, refuseProblems, valueOf } from '../../lib/options/resolve.ts';
import type { PackageManager } from '../../lib/package-manager/package-managers.ts';
import { options as appOptions } from '../app/options.ts';

/** Answers that decide what a new service starts with, and nothing later. */
const FIXED: Readonly<Record<string, string>> = {
  [appOptions.directory.name]: 'rename the directory and the name in package.json instead.',
  [appOptions.example.name]: 'add or remove resources with the command resource instead.',
};

/** The answers that a service can change later. */
const changeable: OptionTable = Object.fromEntries(
  Object.entries(appOptions).filter(([, { name }]) => !(name in FIXED)),
);

/** The stored answers that no option asks for any more. */
export function droppedAnswers(directory: string): string[] {
  const names = Object.values(appOptions).map(({ name }): string => name);
  return storedNames(directory).filter((name) => !names.includes(name));
}

/** The options that were added since the answers of a service were stored. */
export function newOptions(directory: string, changes: readonly string[]): Option<unknown>[] {
  const known = [...storedNames(directory), ...changes.map((change) => splitChange(change)[0])];
  return Object.values(changeable).filter(
    ({ name, question }) => question !== undefined && !known.includes(name),
  );
}

/**
 * The answers that a service stores, with changes.
 *
 * @param changes such as `port=8000`
 * @throws {GeneratorError} when a change or a stored answer is invalid
 */
export function changedAnswers(directory: string, changes: readonly string[]): RawOptions {
  const pairs = changes.map(splitChange);
  const given: RawOptions = new Map(pairs.filter(([name]) => !(name in FIXED)));
  refuseProblems([
    ...pairs.flatMap(([name]) => (FIXED[name] ? [`--set ${name}: ${FIXED[name]}`] : [])),
    ...changes
      .filter((change) => !change.includes('='))
      .map((change) => `--set ${quote(change)}: expected option=value.`),
    ...problemsIn(changeable, given, '--set'),
  ]);
  return withStoredAnswers(appOptions, directory, given, droppedAnswers(directory));
}

/** The package manager of a service. */
export function managerOf(directory: string): PackageManager {
  return valueOf(appOptions.packageManager, changedAnswers(directory, []));
}

function splitChange(change: string): readonly [string, string] {
  const [name = '', ...value] = change.split('=');
  return [name, value.join('=')];
}
