import { resolve } from 'node:path';
import { emptyPlan, type FilesPlan, keepExisting, planFiles } from '../files/plan.ts';
import { checkTarget } from '../files/target-directory.ts';
import { openChanges, rollBack } from '../files/write.ts';
import type { Conflict } from '../merge/merge-files.ts';
import { withAnswersFile, withStoredAnswers } from '../options/answers-file.ts';
import type { OptionTable } from '../options/option.ts';
import { type Ask, promptFor, requirePrompts, unansweredOptions } from '../options/prompts.ts';
import type { RawOptions } from '../options/raw-options.ts';
import { problemsIn, refuseProblems, valueOf, valuesOf } from '../options/resolve.ts';
import { sharedOptions, type SharedValues, sharedWithout } from '../options/shared-options.ts';
import { enclosingWorkspace } from '../package-manager/workspace.ts';
import { printNotice } from '../process/output.ts';
import type { Ending, GeneratorDefinition, RunContext, Target } from './generator.ts';
import { newReport, printReport } from './report.ts';
import { mergedPlan, refuseOpenChanges, settleConflicts } from './settle-conflicts.ts';
import { withRunState } from './state.ts';
import { lockTarget, unlockTarget } from './target-lock.ts';

/** A run of which everything is decided and nothing is written. */
export interface PreparedRun<T extends OptionTable> extends RunContext<T> {
  readonly generator: GeneratorDefinition<T>;
  /** How the generator was typed. */
  readonly invocation: string;
  /** The options that lead to the same decisions without a prompt. */
  readonly raw: RawOptions;
  readonly plan: FilesPlan;
  /** What the user has to resolve once the files are written. */
  readonly conflicts: readonly Conflict[];
  /** How it ended already, if there is nothing to write. */
  readonly ending?: Ending;
}

/**
 * Decides everything about a run. Precedence: what was typed, the answers file, the answers stored in
 * the target directory, prompts, defaults. Locks the target directory unless nothing will be written.
 *
 * @throws {GeneratorError} when an option is invalid, a prerequisite is missing, prompts are needed and
 *   cannot be shown, or files conflict; with `--json`, after a report on it
 */
export async function prepareRun<T extends OptionTable>(
  generator: GeneratorDefinition<T>,
  invocation: string,
  typed: RawOptions,
  ask: Ask,
): Promise<PreparedRun<T>> {
  const { raw: provided, problems } = withAnswersFile(allOptions(generator), typed);
  try {
    refuseProblems(problems);
    note(await generator.preflight?.(provided));
    const { raw, target } = await answer(generator, provided, ask);
    return await plan(generator, invocation, raw, target, ask);
  } catch (error) {
    if (valueOf(sharedOptions.json, provided)) printReport(newReport(), error);
    throw error;
  }
}

/** The generator's own options and the shared ones. */
export function allOptions<T extends OptionTable>({
  options,
  omits,
}: GeneratorDefinition<T>): OptionTable {
  return { ...options, ...sharedWithout(omits) };
}

/** Completes the provided options by what the target directory says and by prompts. */
async function answer<T extends OptionTable>(
  generator: GeneratorDefinition<T>,
  provided: RawOptions,
  ask: Ask,
): Promise<{ raw: RawOptions; target: Target }> {
  const table = allOptions(generator);
  const located = await locate(generator, provided, ask);
  const directory = resolve(valueOf(generator.target, located));
  checkTarget(directory);
  const { resume } = valuesOf(sharedOptions, located);
  const resumed = resume ? withRunState(table, directory, located) : located;
  const stored = generator.storesAnswers
    ? withStoredAnswers(generator.options, directory, resumed)
    : resumed;
  const target = { directory, workspace: await enclosingWorkspace(directory) };
  const known = generator.complete?.(stored, target) ?? stored;
  const answered = await promptFor(unansweredOptions(table, known), known, ask);
  return { raw: (await generator.prompt?.(answered, target, ask)) ?? answered, target };
}

/** Completes the provided options by the target directory, which decides about the others. */
async function locate<T extends OptionTable>(
  generator: GeneratorDefinition<T>,
  provided: RawOptions,
  ask: Ask,
): Promise<RawOptions> {
  const unanswered = unansweredOptions(allOptions(generator), provided);
  if (!unanswered.includes(generator.target)) return provided;
  // Where it cannot prompt, all missing options are listed at once.
  requirePrompts(unanswered, provided);
  return promptFor([generator.target], provided, ask);
}

/** Resolves the options, renders the files once, and settles what happens to existing ones. */
async function plan<T extends OptionTable>(
  generator: GeneratorDefinition<T>,
  invocation: string,
  raw: RawOptions,
  target: Target,
  ask: Ask,
): Promise<PreparedRun<T>> {
  refuseProblems(problemsIn(allOptions(generator), raw));
  const shared = valuesOf(sharedOptions, raw);
  const context = { values: valuesOf(generator.options, raw), shared, target };
  note(generator.verify?.(context));
  const run = { ...context, generator, invocation, conflicts: [] };
  const { directory } = target;
  const ending = await generator.endEarly?.(context);
  if (ending !== undefined) return { ...run, raw, plan: emptyPlan, ending };
  if (!shared.resume) refuseOpenChanges(openChanges(directory), directory);
  if (!shared.dryRun) lockTarget(directory);
  try {
    if (!shared.dryRun && !shared.resume && rollBack(directory)) {
      printNotice('An earlier run was stopped while it wrote: its files were rolled back.');
    }
    if ('merge' in generator) {
      if (shared.resume) return { ...run, raw, plan: emptyPlan };
      const merged = await generator.merge(context);
      return { ...run, raw, ...mergedPlan(merged, directory, shared) };
    }
    const planned = planFiles(generator.render(context), directory);
    if (shared.resume) return { ...run, raw, plan: planned };
    if (shared.dryRun) return { ...run, raw, plan: previewOf(planned, shared) };
    return { ...run, ...(await settleConflicts(planned, directory, raw, ask)) };
  } catch (error) {
    unlockTarget(directory);
    throw error;
  }
}

/** What a run without `--dry-run` would write, if it does not stop at a conflict. */
function previewOf(plan: FilesPlan, { onConflict }: SharedValues): FilesPlan {
  return onConflict === 'keep' ? keepExisting(plan) : plan;
}

function note(notes: readonly string[] = []): void {
  for (const text of notes) printNotice(`Note: ${text}`);
}
