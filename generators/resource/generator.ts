import { relative } from 'node:path';
import { runScript } from '../../lib/package-manager/package-managers.ts';
import { checkStages } from '../../lib/run/check-steps.ts';
import type { GeneratorDefinition, NextCommand, StageContext } from '../../lib/run/generator.ts';
import type { Step } from '../../lib/run/steps.ts';
import { askForDefinition } from './ask-definition.ts';
import { madeService, requireService } from '../app/made-service.ts';
import { versionNotes } from './service-version.ts';
import { options, type ResourceContext } from './options.ts';

/** Adds, changes and removes the resources of a service. */
export const resourceGenerator: GeneratorDefinition<typeof options> = {
  name: 'resource',
  summary: 'Adds a resource to a service through all layers, changes it later, or removes it.',
  options,
  omits: ['git', 'skipInstall', 'onConflict', 'answers'],
  target: options.directory,
  storesAnswers: false,
  complete: (provided, { directory }) => {
    requireService(directory);
    return provided;
  },
  prompt: askForDefinition,
  verify: ({ target }) => versionNotes(target.directory),
  merge: async (context) => {
    const { mergeResources } = await import('./merge-resources.ts');
    return mergeResources(context);
  },
  stages: (context, stage) => Promise.resolve(resourceStages(context, stage)),
  next: nextCommands,
};

/** What follows the files: the checks of the service. Its dependencies are those it has. */
function resourceStages({ shared, target }: ResourceContext, stage: StageContext): Step[][] {
  const { directory, workspace } = target;
  const check = {
    ...{ folder: directory, log: stage.log, resume: stage.resume },
    manager: madeService(target).packageManager,
    inWorkspace: workspace !== undefined,
  };
  return checkStages(check, shared, stage.onDatabase).slice(1);
}

function nextCommands({ target }: ResourceContext): NextCommand[] {
  const { packageManager } = madeService(target);
  const folder = relative(process.cwd(), target.directory);
  return [
    ...(folder === '' ? [] : [{ command: `cd ${folder}` }]),
    { command: runScript(packageManager, 'dev'), comment: 'applies the migration' },
  ];
}
