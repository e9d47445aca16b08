import { relative } from 'node:path';
import { type Ask, canPrompt, promptFor } from '../../lib/options/prompts.ts';
import { typedValue } from '../../lib/options/option.ts';
import type { RawOptions } from '../../lib/options/raw-options.ts';
import { valueOf, valuesOf } from '../../lib/options/resolve.ts';
import { sharedOptions } from '../../lib/options/shared-options.ts';
import { packageManagers, runScript } from '../../lib/package-manager/package-managers.ts';
import type { GeneratorDefinition, NextCommand, Target } from '../../lib/run/generator.ts';
import { checkManager } from '../../lib/run/preflight.ts';
import { requireService } from '../app/made-service.ts';
import { options as appOptions } from '../app/options.ts';
import { changedAnswers, droppedAnswers, managerOf, newOptions } from './changed-answers.ts';
import { options, type UpdateContext } from './options.ts';

const SET = 'set ';

/** Brings a service to the templates of this version, or changes the answers it was made from. */
export const updateGenerator: GeneratorDefinition<typeof options> = {
  name: 'update',
  summary: 'Brings a service to the templates of this version, and keeps what you changed.',
  options,
  omits: ['git', 'onConflict', 'answers'],
  target: options.directory,
  storesAnswers: false,
  complete: (provided, { directory }) => {
    requireService(directory);
    const keepsMarkers = !provided.has(options.onConflict.name) && canPrompt(provided);
    return keepsMarkers
      ? new Map([...provided, [options.onConflict.name, 'keep-markers']])
      : provided;
  },
  prompt: askNewOptions,
  verify,
  endEarly: async (context) => {
    const { endEarly } = await import('./end-early.ts');
    return endEarly(context);
  },
  merge: async (context) => {
    const { mergeUpdate } = await import('./merge-update.ts');
    return mergeUpdate(context);
  },
  changedLater: ({ target }) => {
    if (target.workspace !== undefined) return [];
    return [packageManagers[managerOf(target.directory)].lock];
  },
  stages: async (context, stage) => {
    const { updateStages } = await import('./stages.ts');
    return updateStages(context, stage);
  },
  next: nextCommands,
};

/** Asks what versions after the one that made the service ask. */
async function askNewOptions(
  answered: RawOptions,
  { directory }: Target,
  ask: Ask,
): Promise<RawOptions> {
  const { set, abort, check } = valuesOf(options, answered);
  const { resume, yes } = valuesOf(sharedOptions, answered);
  if (abort || check || resume || yes) return answered;
  const unanswered = newOptions(directory, set);
  if (unanswered.length === 0) return answered;
  // Where they cannot be asked, they are named as they would be typed.
  const named = unanswered.map((option) => ({ ...option, name: `${SET}${option.name}` }));
  const answers = await promptFor(named, new Map(), ask);
  const changes = [...answers].map(
    ([name, value]) => `${name.slice(SET.length)}=${typedValue(value)}`,
  );
  return new Map([...answered, [options.set.name, [...set, ...changes]]]);
}

function verify({ values, shared, target }: UpdateContext): string[] {
  const { directory } = target;
  if (values.abort || values.check || shared.resume) return [];
  const answers = changedAnswers(directory, values.set);
  if (!shared.skipInstall) checkManager(valueOf(appOptions.packageManager, answers));
  const dropped = droppedAnswers(directory);
  return dropped.length === 0 ? [] : [`no longer asked for, and dropped: ${dropped.join(', ')}.`];
}

function nextCommands({ shared, target }: UpdateContext): NextCommand[] {
  const manager = managerOf(target.directory);
  const folder = relative(process.cwd(), target.directory);
  return [
    ...(folder === '' ? [] : [{ command: `cd ${folder}` }]),
    { command: 'git show --stat', comment: 'what the update changed' },
    ...(shared.skipInstall
      ? [{ command: [manager, ...packageManagers[manager].relock].join(' ') }]
      : []),
    { command: runScript(manager, 'dev') },
  ];
}
