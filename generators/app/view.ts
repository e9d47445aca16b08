import { asMarkdown } from '../../lib/files/markdown.ts';
import {
  type ManagerFacts,
  packageManagers,
  runScript,
} from '../../lib/package-manager/package-managers.ts';
import { version } from '../../lib/package-root.ts';
import { type AppValues, options } from './options.ts';

// PostgreSQL cuts longer identifiers, Kubernetes refuses longer labels.
const MAX_LENGTH = 63;

/** What decides each byte of a service. */
export interface ServiceAnswers extends Omit<AppValues, 'directory'> {
  readonly name: string;
  /** Whether the package manager of a workspace installs it. */
  readonly inWorkspace: boolean;
}

/** What the templates of the service and of its features are rendered with. */
export interface ServiceView extends ServiceAnswers {
  /** The version of the generator. */
  readonly generatorVersion: string;
  /** The names of the options that decide the files, with their values as JSON. */
  readonly storedAnswers: readonly (readonly [string, string])[];
  /** The name as an identifier of PostgreSQL. */
  readonly databaseName: string;
  /** The name as Kubernetes takes it. */
  readonly kubernetesName: string;
  readonly manager: ManagerFacts;
  /** The package manager's command for a script: `run('test')`, `run('db:migrate', '--name x')`. */
  readonly run: (script: string, args?: string) => string;
  /** Escapes a line of text for Markdown. */
  readonly markdown: (line: string) => string;
  /** The package manager's settings in package.json. */
  readonly managerManifest: Readonly<Record<string, unknown>>;
}

/** Derives what the templates render from the answers. */
export function serviceView(answers: ServiceAnswers): ServiceView {
  const manager = packageManagers[answers.packageManager];
  const words = answers.name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return {
    ...answers,
    generatorVersion: version,
    storedAnswers: storedAnswers(answers),
    databaseName: words.join('_').slice(0, MAX_LENGTH),
    kubernetesName: kubernetesName(words),
    manager,
    markdown: asMarkdown,
    run: (script, args) => runScript(answers.packageManager, script, args),
    managerManifest: answers.inWorkspace ? {} : manager.manifest,
  };
}

function storedAnswers(answers: ServiceAnswers): (readonly [string, string])[] {
  const values: Readonly<Record<string, unknown>> = { ...answers };
  return Object.entries(options)
    .filter(([, option]) => option !== options.directory)
    .map(([key, { name }]) => [name, oneLineJson(values[key])]);
}

/** JSON as Prettier formats it. */
function oneLineJson(value: unknown): string {
  return Array.isArray(value)
    ? `[${value.map((item) => JSON.stringify(item)).join(', ')}]`
    : JSON.stringify(value);
}

function kubernetesName(words: readonly string[]): string {
  const name = words.join('-');
  // The name of a Kubernetes service starts with a letter.
  const label = /^[a-z]/.test(name) ? name : `service-${name}`;
  return label.slice(0, MAX_LENGTH).replace(/-$/, '');
}
