import { basename } from 'node:path';
import { storedVersion } from '../../lib/options/answers-file.ts';
import type { RawOptions } from '../../lib/options/raw-options.ts';
import { valueOf, valuesOf } from '../../lib/options/resolve.ts';
import { sharedOptions } from '../../lib/options/shared-options.ts';
import {
  checkLinker,
  workspaceManager,
  workspaceNotes,
} from '../../lib/package-manager/workspace.ts';
import type { GeneratorDefinition, Target } from '../../lib/run/generator.ts';
import { checkManager, preflightNotes } from '../../lib/run/preflight.ts';
import type { ResourceDefinition } from '../resource/definition.ts';
import { storedResources } from '../resource/definition-file.ts';
import { storesDefinitions } from '../resource/service-version.ts';
import { nextCommands } from './next-commands.ts';
import { type AppContext, options } from './options.ts';
import { firstResources, renderService } from './render-service.ts';
import type { ServiceAnswers } from './view.ts';

/** Scaffolds a new service. */
export const appDefinition: GeneratorDefinition<typeof options> = {
  name: '',
  summary:
    'Scaffolds a Fastify, Prisma and PostgreSQL REST service, installs its dependencies and runs its checks.',
  options,
  target: options.directory,
  storesAnswers: true,
  preflight,
  complete: withWorkspaceManager,
  verify,
  render: (context) => renderService(serviceAnswers(context), resourcesOf(context)),
  stages: async (context, stage) => {
    // Loaded when it is needed, so that the first prompt appears at once.
    const { appStages } = await import('./stages.ts');
    return appStages(context, stage);
  },
  next: nextCommands,
};

/** What decides each byte of a service. */
export function serviceAnswers({ values, target }: AppContext): ServiceAnswers {
  const { directory, workspace } = target;
  return { ...values, name: basename(directory), inWorkspace: workspace !== undefined };
}

/** The resources of the service that is there, else those of a new one. */
function resourcesOf(context: AppContext): readonly ResourceDefinition[] {
  const { directory } = context.target;
  const made = storedVersion(directory);
  return made !== undefined && storesDefinitions(made)
    ? storedResources(directory)
    : firstResources(serviceAnswers(context));
}

async function preflight(provided: RawOptions): Promise<string[]> {
  const { skipInstall, skipCheck, git } = valuesOf(sharedOptions, provided);
  const manager = valueOf(options.packageManager, provided);
  if (provided.has(options.packageManager.name) && !skipInstall) checkManager(manager);
  return preflightNotes({ install: !skipInstall, check: !skipCheck, git, manager });
}

function withWorkspaceManager(provided: RawOptions, { workspace }: Target): RawOptions {
  if (workspace === undefined) return provided;
  const { name } = options.packageManager;
  const chosen = provided.has(name) ? valueOf(options.packageManager, provided) : undefined;
  const manager = workspaceManager(workspace, chosen);
  return manager === undefined ? provided : new Map([...provided, [name, manager]]);
}

function verify({ values, shared, target }: AppContext): string[] {
  const { packageManager, features } = values;
  const { workspace } = target;
  if (!shared.skipInstall) checkManager(packageManager);
  if (workspace === undefined) return [];
  if (!shared.skipInstall) checkLinker(workspace, packageManager);
  return workspaceNotes(workspace, packageManager, features);
}
