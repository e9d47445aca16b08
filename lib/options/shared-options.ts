import type { Option, OptionTable, Values } from './option.ts';
import { parseChoice, parseSwitch, parseText } from './parse-values.ts';

const conflictChoices = ['stop', 'keep', 'overwrite'] as const;
export type ConflictChoice = (typeof conflictChoices)[number];

/** The options of every generator: how a run goes, not what it renders. */
export const sharedOptions = {
  git: {
    name: 'git',
    type: 'switch',
    default: true,
    help: 'Do not create a git repository or commit',
    parse: parseSwitch,
  },
  skipInstall: {
    name: 'skip-install',
    type: 'switch',
    default: false,
    help: 'Only write the files; install and check nothing',
    parse: parseSwitch,
  },
  skipCheck: {
    name: 'skip-check',
    type: 'switch',
    default: false,
    help: 'Install the dependencies, but do not run the checks',
    parse: parseSwitch,
  },
  onConflict: {
    name: 'on-conflict',
    type: 'choice',
    default: 'stop',
    help: 'What to do with existing files that differ',
    choices: conflictChoices,
    parse: parseChoice(conflictChoices),
  },
  resume: {
    name: 'continue',
    alias: 'resume',
    type: 'switch',
    default: false,
    help: 'Continue with the step that failed, or after conflicts',
    parse: parseSwitch,
  },
  dryRun: {
    name: 'dry-run',
    type: 'switch',
    default: false,
    help: 'Write nothing; list the files that would be written, with diffs',
    parse: parseSwitch,
  },
  json: {
    name: 'json',
    type: 'switch',
    default: false,
    help: 'Print one JSON report to standard output, everything else to standard error',
    parse: parseSwitch,
  },
  answers: {
    name: 'answers',
    type: 'text',
    valueHint: 'file',
    default: '',
    help: 'Read missing options from a JSON or YAML file',
    parse: parseText,
  },
  yes: {
    name: 'yes',
    type: 'switch',
    default: false,
    help: 'Do not prompt; omitted options take their defaults',
    parse: parseSwitch,
  },
} as const satisfies OptionTable;

export type SharedOption = keyof typeof sharedOptions;
export type SharedValues = Values<typeof sharedOptions>;

/** The shared options but for some. */
export function sharedWithout(omitted: readonly SharedOption[] = []): OptionTable {
  const names: readonly string[] = omitted;
  return Object.fromEntries(Object.entries(sharedOptions).filter(([key]) => !names.includes(key)));
}

/** Pairs of switches that exclude one another, each with the reason. */
export const incompatibleOptions: readonly (readonly [Option<boolean>, Option<boolean>, string])[] =
  [[sharedOptions.resume, sharedOptions.dryRun, 'continuing writes no files that could be listed']];
