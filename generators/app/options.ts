import type { Option } from '../../lib/options/option.ts';
import {
  type PackageManager,
  packageManagerNames,
} from '../../lib/package-manager/package-managers.ts';
import { parseDescription, parseFolder, parsePrefix } from './parse-project.ts';
import {
  parseChoice,
  parseList,
  parsePort,
  parseSwitch,
  parseText,
} from '../../lib/options/parse-values.ts';

const DESCRIPTION = 'A REST service built with Fastify, Prisma and PostgreSQL';

export const featureNames = ['docker', 'github-actions', 'azure-pipelines', 'kubernetes'] as const;
export type Feature = (typeof featureNames)[number];

const conflictChoices = ['stop', 'keep', 'overwrite'] as const;
export type ConflictChoice = (typeof conflictChoices)[number];

/** All options, in the order in which they are asked and listed. */
export const options = {
  folder: {
    name: 'name',
    type: 'text',
    group: 'service',
    default: 'my-service',
    help: 'Folder to make; its last part is the name of the service',
    question: 'Folder of the service (its last part is the name)',
    positional: true,
    parse: parseFolder,
  } satisfies Option<string>,
  description: {
    name: 'description',
    type: 'text',
    group: 'service',
    default: DESCRIPTION,
    help: 'What the service is for, in one line',
    question: 'Description',
    parse: parseDescription(DESCRIPTION),
  } satisfies Option<string>,
  prefix: {
    name: 'prefix',
    type: 'text',
    group: 'service',
    default: '',
    help: 'Path that all endpoints stand under, such as /example',
    question: 'Service prefix, such as /example (empty for none)',
    parse: parsePrefix,
  } satisfies Option<string>,
  port: {
    name: 'port',
    type: 'number',
    group: 'service',
    default: 7000,
    help: 'Port that the service listens on',
    question: 'Port',
    parse: parsePort,
  } satisfies Option<number>,
  packageManager: {
    name: 'package-manager',
    type: 'choice',
    group: 'service',
    default: 'npm',
    help: 'Package manager that installs the service',
    choices: packageManagerNames,
    question: 'Package manager',
    parse: parseChoice(packageManagerNames),
  } satisfies Option<PackageManager>,
  features: {
    name: 'features',
    type: 'list',
    group: 'service',
    default: ['docker', 'github-actions'],
    help: 'What else the service gets, or none',
    choices: featureNames,
    question: 'Features',
    parse: parseList(featureNames),
  } satisfies Option<readonly Feature[]>,
  example: {
    name: 'example',
    type: 'switch',
    group: 'service',
    default: true,
    help: 'Leave out the example entity, todo',
    question: 'Include the example entity, todo',
    parse: parseSwitch,
  } satisfies Option<boolean>,
  git: {
    name: 'git',
    type: 'switch',
    group: 'run',
    default: true,
    help: 'Make no git repository and no first commit',
    parse: parseSwitch,
  } satisfies Option<boolean>,
  skipInstall: {
    name: 'skip-install',
    type: 'switch',
    group: 'run',
    default: false,
    help: 'Only write the files; nothing is installed or proved',
    parse: parseSwitch,
  } satisfies Option<boolean>,
  skipCheck: {
    name: 'skip-check',
    type: 'switch',
    group: 'run',
    default: false,
    help: 'Install, but do not prove that the service works',
    parse: parseSwitch,
  } satisfies Option<boolean>,
  onConflict: {
    name: 'on-conflict',
    type: 'choice',
    group: 'run',
    default: 'stop',
    help: 'What happens to files that are there and differ',
    choices: conflictChoices,
    parse: parseChoice(conflictChoices),
  } satisfies Option<ConflictChoice>,
  resume: {
    name: 'resume',
    type: 'switch',
    group: 'run',
    default: false,
    help: 'Continue with the step that failed',
    parse: parseSwitch,
  } satisfies Option<boolean>,
  dryRun: {
    name: 'dry-run',
    type: 'switch',
    group: 'run',
    default: false,
    help: 'Write nothing; list what would be written, and how files differ',
    parse: parseSwitch,
  } satisfies Option<boolean>,
  json: {
    name: 'json',
    type: 'switch',
    group: 'run',
    default: false,
    help: 'Print one JSON document about the run; all else goes to standard error',
    parse: parseSwitch,
  } satisfies Option<boolean>,
  answers: {
    name: 'answers',
    type: 'text',
    group: 'run',
    placeholder: 'file',
    default: '',
    help: 'Take what is not given from a file, JSON or YAML, with the names of the options',
    parse: parseText,
  } satisfies Option<string>,
  yes: {
    name: 'yes',
    type: 'switch',
    group: 'run',
    default: false,
    help: 'Ask nothing; what is not given takes its default',
    parse: parseSwitch,
  } satisfies Option<boolean>,
} as const;

/** The same options, as a list. */
export const allOptions: readonly Option<unknown>[] = Object.values(options);
