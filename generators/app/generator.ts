import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Generator, { type BaseFeatures, type BaseOptions } from 'yeoman-generator';
import { type Answers, read, resolveAnswers } from './answers.ts';
import { yeomanQuestions } from './ask.ts';
import { compareService, diffOf } from './conflicts.ts';
import { interrupted } from './errors.ts';
import { firstCommit } from './first-commit.ts';
import type { Flags } from './flags.ts';
import { gatherFlags } from './gather-flags.ts';
import { helpText } from './help.ts';
import { stoppable } from './interrupts.ts';
import { nextCommands, nextSteps } from './next-steps.ts';
import type { Option } from './option.ts';
import { options } from './options.ts';
import type { RenderedFile } from './render-folder.ts';
import { renderService } from './render-service.ts';
import { repeatCommand, resumeCommand } from './repeat-command.ts';
import { newReport, printReport, type Report } from './report.ts';
import { LOG } from './run-folder.ts';
import { clearRunState, loadRunState, type RunState, saveRunState } from './run-state.ts';
import { runSteps, type Step } from './run-steps.ts';
import { checkSteps, installStep } from './self-check.ts';
import { writeFiles } from './write-files.ts';
import { yeomanFlags } from './yeoman-flags.ts';

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
    this.#flags = yeomanFlags(this._args, this._initOptions);
    await this.#reporting(async () => {
      this.#flags =
        AppGenerator.gathered ?? (await gatherFlags(this.#flags, (open) => this.#ask(open)));
      this.#report = newReport(this.#answers);
    });
  }

  async writing(): Promise<void> {
    await this.#reporting(async () => {
      const answers = this.#answers;
      if (answers.resume) return;
      const { missing, differing, blocked, identical } = compareService(answers);
      const changed = answers.onConflict === 'overwrite' ? differing : [];
      const left = [...identical, ...differing, ...blocked].filter(
        (file) => !changed.includes(file),
      );
      this.#report.files = {
        created: missing.map(pathOf),
        changed: (answers.dryRun ? differing : changed).map(pathOf),
        left: (answers.dryRun ? identical : left).map(pathOf),
      };
      if (answers.dryRun) this.#say(plan(answers.target, missing, differing, blocked, identical));
      else await this.#runSteps([writeStep(answers.target, [...missing, ...changed], left.length)]);
    });
  }

  async install(): Promise<void> {
    await this.#reporting(async () => {
      const answers = this.#answers;
      if (answers.dryRun) return;
      const state = answers.resume ? loadRunState(answers.target) : { ...answers, done: [] };
      const resume = resumeCommand(AppGenerator.door, this.#flags);
      await stoppable(`The files stay in ${answers.target}. Continue with: ${resume}`, (signal) =>
        this.#prove(state, signal, resume),
      );
      clearRunState(answers.target);
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

  async #prove(state: RunState, signal: AbortSignal, resume: string): Promise<void> {
    const { target, skipInstall } = this.#answers;
    const done = [...state.done];
    const save = () => {
      saveRunState(target, { git: state.git, skipCheck: state.skipCheck, done });
    };
    if (!skipInstall) save();
    const steps = [
      ...(skipInstall ? [] : this.#proofSteps(state, signal, resume)),
      ...(state.git ? [commitStep(this.#answers)] : []),
    ];
    await this.#runSteps(
      steps.filter(({ name }) => !done.includes(name)),
      (name) => {
        done.push(name);
        if (!skipInstall) save();
      },
    );
  }

  #proofSteps({ skipCheck, done }: RunState, signal: AbortSignal, resume: string): Step[] {
    const folder = this.#answers.target;
    const log = join(folder, LOG);
    mkdirSync(dirname(log), { recursive: true });
    if (done.length === 0) writeFileSync(log, '');
    const workplace = { folder, log, signal, resume };
    const onDatabase = (database: string) => {
      this.#report.database = database;
    };
    return [installStep(workplace), ...(skipCheck ? [] : checkSteps(workplace, onDatabase))];
  }

  async #runSteps(steps: readonly Step[], onDone?: (name: string) => void): Promise<void> {
    await runSteps(steps, {
      stream: this.#json ? process.stderr : process.stdout,
      onDone: (step) => {
        this.#report.steps.push(step);
        onDone?.(step.name);
      },
    });
  }
}

function pathOf({ path }: RenderedFile): string {
  return path;
}

function writeStep(folder: string, files: readonly RenderedFile[], left: number): Step {
  return {
    name: 'write',
    title: 'Writing files',
    run: () => {
      if (files.length > 0) writeFiles(folder, files);
      const rest = left === 0 ? '' : `, ${left} left as they were`;
      return Promise.resolve(`${files.length} files written${rest}`);
    },
  };
}

function commitStep(answers: Answers): Step {
  return {
    name: 'git',
    title: 'Making a git repository',
    run: () => firstCommit(answers.target, renderService(answers).map(pathOf)),
  };
}

/** What a dry run says. */
function plan(
  folder: string,
  missing: readonly RenderedFile[],
  differing: readonly RenderedFile[],
  blocked: readonly RenderedFile[],
  identical: readonly RenderedFile[],
): string {
  return [
    ...missing.map(({ path }) => `create  ${path}`),
    ...differing.map((file) => `change  ${file.path}\n${diffOf(folder, file)}`),
    ...blocked.map(({ path }) => `refuse  ${path}: something else stands there`),
    ...identical.map(({ path }) => `leave   ${path}`),
    '',
    'Nothing was written.',
  ].join('\n');
}
