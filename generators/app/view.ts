import type { ServiceAnswers } from '../../lib/options/resolve.ts';
import { asMarkdown } from '../../lib/files/markdown.ts';
import {
  type ManagerFacts,
  packageManagers,
  runScript,
} from '../../lib/package-manager/package-managers.ts';

// PostgreSQL cuts longer identifiers, Kubernetes refuses longer labels.
const MAX_LENGTH = 63;

/** What the templates of the service and of its features are rendered with. */
export interface ServiceView extends Omit<ServiceAnswers, 'workspace'> {
  /** The name as an identifier of PostgreSQL. */
  readonly databaseName: string;
  /** The name as Kubernetes takes it. */
  readonly kubernetesName: string;
  readonly manager: ManagerFacts;
  /** The package manager's command for a script: `run('test')`, `run('db:migrate', '--name x')`. */
  readonly run: (script: string, args?: string) => string;
  /** Escapes a line of text for Markdown. */
  readonly markdown: (line: string) => string;
  readonly inWorkspace: boolean;
  /** What package.json tells the package manager. */
  readonly managerManifest: Readonly<Record<string, unknown>>;
}

/** Derives from the answers all that the templates say. */
export function serviceView(answers: ServiceAnswers): ServiceView {
  const manager = packageManagers[answers.packageManager];
  const inWorkspace = answers.workspace !== undefined;
  const words = answers.name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return {
    name: answers.name,
    description: answers.description,
    prefix: answers.prefix,
    port: answers.port,
    packageManager: answers.packageManager,
    features: answers.features,
    example: answers.example,
    databaseName: words.join('_').slice(0, MAX_LENGTH),
    kubernetesName: kubernetesName(words),
    manager,
    markdown: asMarkdown,
    run: (script, args) => runScript(answers.packageManager, script, args),
    inWorkspace,
    managerManifest: inWorkspace ? {} : manager.manifest,
  };
}

function kubernetesName(words: readonly string[]): string {
  const name = words.join('-');
  // The name of a Kubernetes service starts with a letter.
  const label = /^[a-z]/.test(name) ? name : `service-${name}`;
  return label.slice(0, MAX_LENGTH).replace(/-$/, '');
}
