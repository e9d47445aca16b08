import type { Option, OptionTable, Values } from '../../lib/options/option.ts';
import {
  parseChoice,
  parseList,
  parsePort,
  parseSwitch,
  parseText,
} from '../../lib/options/parse-values.ts';
import { packageManagerNames } from '../../lib/package-manager/package-managers.ts';
import type { RunContext } from '../../lib/run/generator.ts';
import { parseDescription, parseDirectory, parsePrefix } from './parse-project.ts';

const DESCRIPTION = 'A REST service built with Fastify, Prisma and PostgreSQL';

export const featureNames = ['docker', 'github-actions', 'azure-pipelines', 'kubernetes'] as const;
export type Feature = (typeof featureNames)[number];
const defaultFeatures: readonly Feature[] = ['docker', 'github-actions'];

/** The options of a new service, in the order in which they are prompted for and listed. */
export const options = {
  directory: {
    name: 'name',
    type: 'text',
    default: 'my-service',
    help: 'Target directory; its base name becomes the service name',
    question: 'Target directory (its base name becomes the service name)',
    positional: true,
    parse: parseDirectory,
  },
  description: {
    name: 'description',
    type: 'text',
    default: DESCRIPTION,
    help: 'What the service is for, in one line',
    question: 'Description',
    parse: parseDescription(DESCRIPTION),
  },
  prefix: {
    name: 'prefix',
    type: 'text',
    default: '',
    help: 'Path prefix of all endpoints, such as /example',
    question: 'Service prefix, such as /example (empty for none)',
    parse: parsePrefix,
  },
  port: {
    name: 'port',
    type: 'number',
    default: 7000,
    help: 'Port that the service listens on',
    question: 'Port',
    parse: parsePort,
  },
  packageManager: {
    name: 'package-manager',
    type: 'choice',
    default: 'npm',
    help: 'Package manager of the service',
    choices: packageManagerNames,
    question: 'Package manager',
    parse: parseChoice(packageManagerNames),
  },
  features: {
    name: 'features',
    type: 'list',
    default: defaultFeatures,
    help: 'Optional features, or none',
    choices: featureNames,
    question: 'Features',
    parse: parseList(featureNames),
  },
  example: {
    name: 'example',
    type: 'switch',
    default: true,
    help: 'Omit the example entity, todo',
    question: 'Include the example entity, todo',
    parse: parseSwitch,
  },
} as const satisfies OptionTable;

/** Where the service is that a command changes. */
export const serviceDirectory = {
  name: 'in',
  type: 'text',
  valueHint: 'directory',
  default: '.',
  help: 'Directory of the service',
  parse: parseText,
} as const satisfies Option<string>;

export type AppValues = Values<typeof options>;
export type AppContext = RunContext<typeof options>;
