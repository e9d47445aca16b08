import { join } from 'node:path';
import Generator, { type BaseFeatures, type BaseOptions } from 'yeoman-generator';
import { type Answers, read, resolveAnswers } from '../../lib/options/resolve.ts';
import { yeomanQuestions } from '../../lib/run/ask-with-yeoman.ts';
import { endWithOutput } from '../../lib/process/broken-output.ts';
import { refuseUnsettled } from '../../lib/files/conflicts.ts';
import { interrupted } from '../../lib/errors/generator-error.ts';
import { firstCommit } from '../../lib/git/first-commit.ts';
import type { Flags } from '../../lib/options/raw-options.ts';
import { gatherFlags } from '../../lib/run/gather.ts';
import { helpText } from '../../lib/options/help.ts';
import { stoppable } from '../../lib/process/interrupts.ts';
import { nextCommands, nextSteps } from './next-steps.ts';
import type { Option } from '../../lib/options/option.ts';
import { options } from './options.ts';
import {
  type FilesPlan,
  planFiles,
  planText,
  reportedFiles,
  writeStep,
} from '../../lib/files/plan.ts';
import { renderService } from './render-service.ts';
import { repeatCommand, resumeCommand } from '../../lib/options/repeat-command.ts';
import { newReport, printReport, type Report } from '../../lib/run/report.ts';
import { LOG } from '../../lib/files/run-directory.ts';
import { clearRunState, loadRunState, saveRunState } from '../../lib/run/state.ts';
import { runSteps, type Step, type StepDone } from '../../lib/run/steps.ts';
import { checkSteps, generateStep, installStep } from '../../lib/run/check-steps.ts';
import { writeLog } from '../../lib/process/run-command.ts';
import { unlockTarget } from '../../lib/files/target-lock.ts';
import { yeomanFlags } from '../../lib/options/from-yeoman.ts';

/** Makes a service: asks, renders, writes, installs and proves. */
export class AppGenerator extends Generator {
  /** How the door of this process is typed. */
  static door = 'yo clean-flask-ts';
  /** What that door has gathered already. */
  static gathered: Flags | undefined;
  #flags: Flags = new Map();
  #report: Report = newReport();

  constructor(args?: string[], options?: BaseOptions, features?: BaseFeatures) {
    // Yeoman's own parsing guesses types and lets unknown flags pass; the table does neither.
    super(args, options, { ...features, disableInGeneratorOptionsSupport: true });
    this.setFeatures({
      // Methods that are no tasks, such as help(), are not run.
      tasksMatchingPriority: true,
      // Its conflicter writes before it has compared all files, and its install does not say why
      // it failed: both are done here.
      customCommitTask: true,
      customInstallTask: true,
    });
  }

  /** What `yo clean-flask-ts --help` prints. */
  override help(): string {
    return helpText(AppGenerator.door);
  }

  async prompting(): Promise<void> {
    endWithOutput();
    const typed = yeomanFlags(this._args, this._initOptions);
    this.#flags = AppGenerator.gathered ?? (await gatherFlags(typed, (open) => this.#ask(open)));
    this.#report = newReport(this.#answers);
  }

  async writing(): Promise<void> {
    await this.#reporting(async () => {
      const answers = this.#answers;
      if (answers.resume) return;
      const plan = planFiles(answers);
      this.#report.files = reportedFiles(plan);
      if (answers.dryRun) this.#say(planText(answers.target, plan));
      else await this.#write(plan);
    });
  }

  async install(): Promise<void> {
    await this.#reporting(async () => {
      const { target, dryRun } = this.#answers;
      if (dryRun) return;
      const resume = resumeCommand(AppGenerator.door, this.#flags);
      // Until the end is reached, this is what to type next.
      this.#report.next = [resume];
      await stoppable(`The files stay in ${target}. Continue with: ${resume}`, (signal) =>
        this.#prove(signal, resume),
      );
      clearRunState(target);
      unlockTarget(target);
    });
  }

  end(): void {
    const answers = this.#answers;
    if (!answers.dryRun) {
      this.#report.next = nextCommands(answers);
      this.#report.again = repeatCommand(AppGenerator.door, this.#flags);
      this.#say(nextSteps(answers, this.#report.again));
    }
    if (answers.json) printReport(this.#report);
  }

  get #answers(): Answers {
    return resolveAnswers(this.#flags);
  }

  get #json(): boolean {
    return read(options.json, this.#flags);
  }

  /** Does a part of the run; when it fails, that is reported before the run ends. */
  async #reporting(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      unlockTarget(this.#answers.target);
      if (this.#json) printReport(this.#report, error);
      throw error;
    }
  }

  async #ask(open: readonly Option<unknown>[]): Promise<Record<string, unknown>> {
    try {
      return await this.prompt(yeomanQuestions(open));
    } catch (error) {
      // Yeoman ends the run with this very object, whatever is thrown here.
      const { code, message } = interrupted('Nothing was written.');
      throw error instanceof Error ? Object.assign(error, { code, message }) : error;
    }
  }

  #say(text: string): void {
    if (this.#json) console.error(text);
    else console.log(text);
  }

  async #write(plan: FilesPlan): Promise<void> {
    refuseUnsettled(this.#answers, [...plan.change, ...plan.refuse]);
    await stoppable('What was written is taken back.', (signal) =>
      this.#runSteps([writeStep(this.#answers.target, plan)], signal),
    );
  }

  async #prove(signal: AbortSignal, resume: string): Promise<void> {
    const { target, git, skipInstall, skipCheck, resume: resumed } = this.#answers;
    const done = resumed ? [...loadRunState(target).done] : [];
    const save = () => {
      if (!skipInstall) saveRunState(target, { git, skipCheck, done });
    };
    save();
    const stages = [
      ...(skipInstall ? [] : this.#proofStages(done.length === 0, resume)),
      ...(git ? [[commitStep(this.#answers)]] : []),
    ];
    for (const stage of stages) {
      // A resumed run repeats a stage that did not pass: what was fixed may have broken the rest.
      if (stage.every(({ name }) => done.includes(name))) continue;
      await this.#runSteps(stage, signal);
      done.push(...stage.map(({ name }) => name));
      save();
    }
  }

  /** What follows the files, in turn; the steps of a stage run side by side. */
  #proofStages(fromStart: boolean, resume: string): Step[][] {
    const { target: folder, skipCheck, packageManager: manager, workspace } = this.#answers;
    const log = join(folder, LOG);
    // A log that cannot be written is reported by the first command that fails.
    if (fromStart) writeLog(log, '', 'w');
    const check = { folder, log, manager, inWorkspace: workspace !== undefined, resume };
    if (skipCheck) return [[installStep(check)]];
    const onDatabase = (database: string) => {
      this.#report.database = database;
    };
    return [[installStep(check)], [generateStep(check)], checkSteps(check, onDatabase)];
  }

  async #runSteps(steps: readonly Step[], signal: AbortSignal): Promise<void> {
    const done: StepDone[] = [];
    const stream = this.#json ? process.stderr : process.stdout;
    try {
      await runSteps(steps, { stream, signal, onDone: (step) => done.push(step) });
    } finally {
      // In the order of the plan, whichever ended first.
      const inOrder = steps.flatMap(({ name }) => done.filter((step) => step.name === name));
      this.#report.steps.push(...inOrder);
    }
  }
}

function commitStep(answers: Answers): Step {
  const paths = renderService(answers).map(({ path }) => path);
  return {
    name: 'git',
    title: 'Creating a git repository',
    run: () => firstCommit(answers.target, paths),
  };
}
