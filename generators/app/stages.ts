import { firstCommit } from '../../lib/git/first-commit.ts';
import { checkStages } from '../../lib/run/check-steps.ts';
import type { StageContext } from '../../lib/run/generator.ts';
import type { Step } from '../../lib/run/steps.ts';
import type { AppContext } from './definition.ts';

/** What follows the files of a new service: install, checks and the first commit. */
export function appStages({ values, shared, target }: AppContext, stage: StageContext): Step[][] {
  const { directory, workspace } = target;
  const check = {
    ...{ folder: directory, log: stage.log, resume: stage.resume },
    manager: values.packageManager,
    inWorkspace: workspace !== undefined,
  };
  const commit: Step = {
    name: 'git',
    title: 'Creating a git repository',
    run: () => firstCommit(directory, stage.paths),
  };
  return [...checkStages(check, shared, stage.onDatabase), ...(shared.git ? [[commit]] : [])];
}
