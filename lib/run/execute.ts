import { join } from 'node:path';
import { planText } from '../files/diff.ts';
import { pathsOf, plannedPaths } from '../files/plan.ts';
import { LOG } from '../files/run-directory.ts';
import { writeFiles } from '../files/write.ts';
import type { OptionTable } from '../options/option.ts';
import { repeatCommand, resumeCommand } from '../options/repeat-command.ts';
import { withInterrupts } from '../process/interrupts.ts';
import { writeLog } from '../process/run-command.ts';
import { printText, textStream } from '../process/output.ts';
import type { Ending } from './generator.ts';
import { nextStepsText } from './next-steps.ts';
import { allOptions, type PreparedRun } from './prepare.ts';
import { newReport, printReport, type Report } from './report.ts';
import { refuseOutdated } from './settle-conflicts.ts';
import { clearRunState, loadRunState, saveRunState } from './state.ts';
import { runSteps, type Step, type StepDone } from './steps.ts';
import { unlockTarget } from './target-lock.ts';

/** The execution of a prepared run: call `write`, `runStages` and `finish`, in this order. */
export class Execution<T extends OptionTable> {
  readonly #run: PreparedRun<T>;
  readonly #report: Report;

  constructor(run: PreparedRun<T>) {
    this.#run = run;
    this.#report = newReport(run.target.directory);
  }

  /** Writes the planned files; prints the plan instead if it is a dry run. */
  async write(): Promise<void> {
    await this.#reporting(async () => {
      const { plan, shared, target, ending } = this.#run;
      if (shared.resume || ending) return;
      const { created, changed, left, removed } = plan;
      this.#report.files = {
        ...{ created: pathsOf(created), changed: pathsOf(changed), left: pathsOf(left) },
        removed,
      };
      if (shared.dryRun) {
        printText(planText(target.directory, plan), shared.json);
        return;
      }
      await withInterrupts('What was written is rolled back.', (signal) =>
        this.#runSteps([writeStep(this.#run)], signal),
      );
    });
  }

  /** Runs what follows the files: install, checks, commit. */
  async runStages(): Promise<void> {
    await this.#reporting(async () => {
      const { generator, invocation, raw, shared, target, ending } = this.#run;
      if (shared.dryRun || ending) return;
      const { directory } = target;
      const resume = resumeCommand(invocation, generator.target, raw);
      // Until the run is finished, this is the next command.
      this.#report.next = [resume];
      const hint = `The files stay in ${directory}. Continue with: ${resume}`;
      await withInterrupts(hint, (signal) => this.#runUnfinished(signal, resume));
      clearRunState(directory);
      unlockTarget(directory);
    });
  }

  /** Prints the next steps and the report. */
  finish(): void {
    const { generator, invocation, raw, shared, ending } = this.#run;
    if (ending) {
      this.#end(ending);
    } else if (!shared.dryRun) {
      const next = generator.next(this.#run);
      const again = repeatCommand(invocation, allOptions(generator), raw);
      this.#report.next = next.map(({ command }) => command);
      this.#report.again = again;
      printText(nextStepsText(next, again, shared), shared.json);
    }
    if (shared.json) printReport(this.#report);
  }

  #end({ status, text, details }: Ending): void {
    printText(text, this.#run.shared.json);
    Object.assign(this.#report, details, { status });
    process.exitCode = status;
  }

  /** Does a part of the run; when it fails, reports that before the run ends. */
  async #reporting(work: () => Promise<void>): Promise<void> {
    const { shared, target } = this.#run;
    try {
      await work();
    } catch (error) {
      unlockTarget(target.directory);
      if (shared.json) printReport(this.#report, error);
      throw error;
    }
  }

  async #runUnfinished(signal: AbortSignal, resume: string): Promise<void> {
    const { generator, plan, shared, target, conflicts } = this.#run;
    const { git, skipCheck, skipInstall } = shared;
    const { directory } = target;
    const done = shared.resume ? [...loadRunState(directory).done] : [];
    const log = join(directory, LOG);
    const save = () => {
      if (!skipInstall || conflicts.length > 0) saveRunState(directory, { git, skipCheck, done });
    };
    save();
    // A log that cannot be written is reported by the first command that fails.
    if (!skipInstall && done.length === 0) writeLog(log, '', 'w');
    const onDatabase = (database: string) => {
      this.#report.database = database;
    };
    const stage = { log, resume, paths: plannedPaths(plan), conflicts, onDatabase };
    for (const steps of await generator.stages(this.#run, stage)) {
      // A resumed run repeats a stage that did not pass: what was fixed may have broken the rest.
      if (steps.every(({ name }) => done.includes(name))) continue;
      await this.#runSteps(steps, signal);
      done.push(...steps.map(({ name }) => name));
      save();
    }
  }

  async #runSteps(steps: readonly Step[], signal: AbortSignal): Promise<void> {
    const done: StepDone[] = [];
    const stream = textStream(this.#run.shared.json);
    try {
      await runSteps(steps, { stream, signal, onDone: (step) => done.push(step) });
    } finally {
      // In the order of the plan, whichever ended first.
      const inOrder = steps.flatMap(({ name }) => done.filter((step) => step.name === name));
      this.#report.steps.push(...inOrder);
    }
  }
}

function writeStep<T extends OptionTable>(run: PreparedRun<T>): Step {
  const { generator, plan, target } = run;
  const { directory } = target;
  const open = generator.changedLater?.(run);
  const files = [...plan.created, ...plan.changed];
  return {
    name: 'write',
    title: 'Writing files',
    run: async ({ signal }) => {
      refuseOutdated(plan, directory);
      const { left, removed } = plan;
      if (files.length + removed.length > 0) {
        await writeFiles(directory, { files, removed, ...(open && { open }) }, signal);
      }
      return [
        `${files.length} files written`,
        ...(removed.length === 0 ? [] : [`${removed.length} removed`]),
        ...(left.length === 0 ? [] : [`${left.length} left as they were`]),
      ].join(', ');
    },
  };
}
