import { exitStatus } from '../errors/exit-status.ts';
import { GeneratorError } from '../errors/generator-error.ts';
import { diffOf, planText } from '../files/diff.ts';
import { type FilesPlan, keepExisting, outdatedPaths, pathsOf, planFiles } from '../files/plan.ts';
import type { Conflict, Merged } from '../merge/merge-files.ts';
import { type Ask, canPrompt } from '../options/prompts.ts';
import type { RawOptions } from '../options/raw-options.ts';
import { valuesOf } from '../options/resolve.ts';
import { sharedOptions, type SharedValues } from '../options/shared-options.ts';
import { printText } from '../process/output.ts';

const { onConflict: OPTION } = sharedOptions;
const SHOW = 'show diffs';

/** A plan without open conflicts, and the options with what was decided about them. */
export interface Settled {
  readonly plan: FilesPlan;
  readonly raw: RawOptions;
}

/**
 * Settles what happens to existing files that differ: by `--on-conflict`, else by one prompt.
 *
 * @throws {GeneratorError} when the run is to stop, or when it cannot prompt
 */
export async function settleConflicts(
  plan: FilesPlan,
  directory: string,
  raw: RawOptions,
  ask: Ask,
): Promise<Settled> {
  const { onConflict, yes } = valuesOf(sharedOptions, raw);
  if (onConflict === 'keep') return { plan: keepExisting(plan), raw };
  if (plan.blocked.length > 0) throw conflictError(directory, pathsOf(plan.blocked));
  if (plan.changed.length === 0 || onConflict === 'overwrite') return { plan, raw };
  const mayAsk = !raw.has(OPTION.name) && !yes && canPrompt(raw);
  const choice = mayAsk ? await promptForChoice(plan, directory, ask) : onConflict;
  if (choice === 'stop') throw conflictError(directory, pathsOf(plan.changed));
  const settled = new Map([...raw, [OPTION.name, choice]]);
  return { plan: choice === 'keep' ? keepExisting(plan) : plan, raw: settled };
}

/** A plan for what was merged, and what is left for the user to resolve in it. */
interface MergedPlan {
  readonly plan: FilesPlan;
  readonly conflicts: readonly Conflict[];
}

/**
 * The plan for what was merged. A dry run shows it before it stops at conflicts.
 *
 * @throws {GeneratorError} when it has conflicts that are not to be written
 */
export function mergedPlan(
  { files, removed, basis, conflicts, leavesConflicts }: Merged,
  directory: string,
  { dryRun, json }: Pick<SharedValues, 'dryRun' | 'json'>,
): MergedPlan {
  const plan = { ...planFiles(files, directory), removed, basis };
  if (conflicts.length > 0 && (dryRun || !leavesConflicts)) {
    if (dryRun) printText(planText(directory, plan), json);
    const changes = conflicts.filter(({ kind }) => kind !== 'removal').map(({ change }) => change);
    throw new GeneratorError(exitStatus.mergeConflict, {
      reason: conflictList(conflicts),
      output: changes.join('\n'),
      hint: 'Nothing was written. Undo your changes of these lines or files, then repeat the command.',
    });
  }
  if (plan.blocked.length > 0) throw conflictError(directory, pathsOf(plan.blocked));
  return { plan, conflicts };
}

/** Conflicts, each with its reason. */
export function conflictList(conflicts: readonly Conflict[]): string {
  const list = conflicts.map(({ path, reason }) => `  ${path}: ${reason}`);
  return ['These files cannot be merged:', ...list].join('\n');
}

/**
 * Checks that no earlier run left changes that are neither finished nor reverted.
 *
 * @param open their paths
 * @throws {GeneratorError} when one did
 */
export function refuseOpenChanges(open: readonly string[] | undefined, directory: string): void {
  if (open === undefined) return;
  throw new GeneratorError(exitStatus.usage, {
    reason: `An update of ${directory} is not finished.`,
    hint: 'Nothing was written. Finish it with update --continue, or revert it with update --abort.',
  });
}

/**
 * Checks that the directory is still as it was when the plan was made.
 *
 * @throws {GeneratorError} when another program changed it in the meantime
 */
export function refuseOutdated(plan: FilesPlan, directory: string): void {
  const outdated = outdatedPaths(plan, directory);
  if (outdated.length > 0) throw conflictError(directory, outdated);
}

async function promptForChoice(
  { changed }: FilesPlan,
  directory: string,
  ask: Ask,
): Promise<unknown> {
  const list = pathsOf(changed).map((path) => `  ${path}`);
  const message = [
    'These files already exist with different contents:',
    ...list,
    'What do you want to do?',
  ].join('\n');
  const choices = [...OPTION.choices, SHOW];
  for (;;) {
    const answers = await ask([{ kind: 'select', name: OPTION.name, message, choices }]);
    const choice = answers[OPTION.name];
    if (choice !== SHOW) return choice;
    for (const file of changed) printText(diffOf(directory, file));
  }
}

function conflictError(directory: string, paths: readonly string[]): GeneratorError {
  return new GeneratorError(exitStatus.conflict, {
    reason: [`${directory} contains files that differ:`, ...paths.map((path) => `  ${path}`)].join(
      '\n',
    ),
    hint: 'Nothing was written. Choose another directory, move these files away, or add --on-conflict keep or --on-conflict overwrite.',
  });
}
