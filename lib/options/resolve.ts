import { basename, resolve } from 'node:path';
import { GeneratorError } from '../errors/generator-error.ts';
import { exitStatus } from '../errors/exit-status.ts';
import type { Flags } from './raw-options.ts';
import { nearest } from './nearest.ts';
import { type Option, optionUsage } from './option.ts';
import {
  allOptions,
  type ConflictChoice,
  type Feature,
  options,
} from '../../generators/app/options.ts';
import type { PackageManager } from '../package-manager/package-managers.ts';
import { enclosingWorkspace, type Workspace } from '../package-manager/workspace.ts';

/** What decides each byte of a service. */
export interface ServiceAnswers {
  readonly name: string;
  readonly description: string;
  readonly prefix: string;
  readonly port: number;
  readonly packageManager: PackageManager;
  readonly features: readonly Feature[];
  readonly example: boolean;
  /** The workspace that the folder is in. */
  readonly workspace: Workspace | undefined;
}

/** What was decided for one run. */
export interface Answers extends ServiceAnswers {
  /** The folder to make, as an absolute path. */
  readonly target: string;
  readonly git: boolean;
  readonly skipInstall: boolean;
  readonly skipCheck: boolean;
  readonly onConflict: ConflictChoice;
  readonly resume: boolean;
  readonly dryRun: boolean;
  readonly json: boolean;
}

/**
 * Turns what a door received into answers; what is absent takes its default.
 *
 * @throws {GeneratorError} with all problems at once
 */
export function resolveAnswers(flags: Flags): Answers {
  refuse(problemsIn(flags));
  const target = resolve(read(options.folder, flags));
  return Object.freeze({
    name: basename(target),
    description: read(options.description, flags),
    prefix: read(options.prefix, flags),
    port: read(options.port, flags),
    packageManager: read(options.packageManager, flags),
    features: Object.freeze(read(options.features, flags)),
    example: read(options.example, flags),
    workspace: enclosingWorkspace(target),
    target,
    git: read(options.git, flags),
    skipInstall: read(options.skipInstall, flags),
    skipCheck: read(options.skipCheck, flags),
    onConflict: read(options.onConflict, flags),
    resume: read(options.resume, flags),
    dryRun: read(options.dryRun, flags),
    json: read(options.json, flags),
  });
}

/** The value that was given for an option, else its default. */
export function read<T>(option: Option<T>, flags: Flags): T {
  if (!flags.has(option.name)) return option.default;
  const parsed = option.parse(flags.get(option.name));
  return 'value' in parsed ? parsed.value : option.default;
}

/** What is wrong with what was given; `source` is the file that it was read from. */
export function problemsIn(flags: Flags, source?: string): string[] {
  const where = source === undefined ? '' : `${source}: `;
  return [
    ...unknownFlags(flags, source),
    ...unacceptableValues(flags, source),
    ...impossibleCombinations(flags),
  ].map((problem) => `${where}${problem}`);
}

/**
 * Ends the run if there are problems.
 *
 * @throws {GeneratorError} with all of them
 */
export function refuse(problems: readonly string[]): void {
  if (problems.length === 0) return;
  throw new GeneratorError(exitStatus.usage, {
    reason: problems.join('\n'),
    hint: 'Nothing was written. Add --help to see all options.',
  });
}

function unacceptableValues(flags: Flags, source?: string): string[] {
  return allOptions.flatMap((option) => {
    if (!flags.has(option.name)) return [];
    const parsed = option.parse(flags.get(option.name));
    return 'problem' in parsed ? [`${label(option, source)}: ${parsed.problem}`] : [];
  });
}

// Each pair with why it makes no sense.
const IMPOSSIBLE: readonly (readonly [Option<boolean>, Option<boolean>, string])[] = [
  [options.resume, options.dryRun, 'resuming writes nothing that could be listed'],
  [options.resume, options.skipInstall, 'resuming is about what follows the files'],
];

function impossibleCombinations(flags: Flags): string[] {
  return IMPOSSIBLE.filter(([one, other]) => read(one, flags) && read(other, flags)).map(
    ([one, other, reason]) =>
      `${optionUsage(one)} and ${optionUsage(other)}: ${reason}. Leave one out.`,
  );
}

function unknownFlags(flags: Flags, source?: string): string[] {
  const names = allOptions.map(({ name }) => name);
  return [...flags]
    .filter(([name]) => !names.includes(name))
    .map(([name, value]) => {
      const given = source === undefined ? asTyped(name, value) : name;
      return `${given}: there is no such option.${guess(name, source)}`;
    });
}

function guess(name: string, source?: string): string {
  const candidates = allOptions.filter(({ positional }) => !positional);
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
  const [word = ''] = optionUsage(option).split(' ');
  return option.positional || source !== undefined ? option.name : word;
}
