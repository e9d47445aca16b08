import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Generator, { type BaseFeatures, type BaseOptions } from 'yeoman-generator';
import { type Answers, resolveAnswers } from './answers.ts';
import { yeomanQuestions } from './ask.ts';
import { GeneratorError, interrupted } from './errors.ts';
import { exitStatus } from './exit-status.ts';
import { firstCommit } from './first-commit.ts';
import type { Flags } from './flags.ts';
import { gatherFlags } from './gather-flags.ts';
import { helpText } from './help.ts';
import { stoppable } from './interrupts.ts';
import { nextSteps } from './next-steps.ts';
import type { Option } from './option.ts';
import type { RenderedFile } from './render-folder.ts';
import { repeatCommand } from './repeat-command.ts';
import { renderService } from './render-service.ts';
import { runSteps, type Step } from './run-steps.ts';
import { checkSteps, installStep } from './self-check.ts';
import { compareWithDisk } from './target-files.ts';
import { prepareTarget } from './target-folder.ts';
import { yeomanFlags } from './yeoman-flags.ts';

const LOG = join('.clean-flask-ts', 'self-check.log');

/** Makes a service: asks, renders, writes, installs and proves. */
export class AppGenerator extends Generator {
  /** How the door of this process is typed. */
  static door = 'yo clean-flask-ts';
  #flags: Flags = new Map();
  #files: readonly RenderedFile[] = [];
  #missing: readonly RenderedFile[] = [];

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
    const typed = yeomanFlags(this._args, this._initOptions);
    this.#flags = await gatherFlags(typed, (open) => this.#ask(open));
  }

  writing(): void {
    const answers = this.#answers;
    this.#files = renderService(answers);
    prepareTarget(answers.target);
    const { missing, differing } = compareWithDisk(this.#files, answers.target);
    if (differing.length > 0) throw clash(answers.target, differing);
    this.destinationRoot(answers.target);
    for (const { path, contents } of missing) this.fs.write(this.destinationPath(path), contents);
    this.#missing = missing;
  }

  async conflicts(): Promise<void> {
    await runSteps([
      {
        title: 'Writing files',
        run: async () => {
          await this.fs.commit();
          return written(this.#missing.length, this.#files.length);
        },
      },
    ]);
  }

  async install(): Promise<void> {
    const { target } = this.#answers;
    await stoppable(`The files stay in ${target}.`, (signal) => runSteps(this.#steps(signal)));
  }

  end(): void {
    console.log(nextSteps(this.#answers, repeatCommand(AppGenerator.door, this.#flags)));
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

  get #answers(): Answers {
    return resolveAnswers(this.#flags);
  }

  #steps(signal: AbortSignal): Step[] {
    const { target, git, skipInstall, skipCheck } = this.#answers;
    const paths = this.#files.map(({ path }) => path);
    const commit = { title: 'Making a git repository', run: () => firstCommit(target, paths) };
    return [
      ...(skipInstall ? [] : proofSteps(target, skipCheck, signal)),
      ...(git ? [commit] : []),
    ];
  }
}

function proofSteps(folder: string, skipCheck: boolean, signal: AbortSignal): Step[] {
  const log = join(folder, LOG);
  mkdirSync(dirname(log), { recursive: true });
  writeFileSync(log, '');
  const workplace = { folder, log, signal };
  return [installStep(workplace), ...(skipCheck ? [] : checkSteps(workplace))];
}

function written(missing: number, all: number): string {
  const left = all - missing;
  return `${missing} files written${left === 0 ? '' : `, ${left} left as they were`}`;
}

function clash(target: string, differing: readonly string[]): GeneratorError {
  return new GeneratorError(exitStatus.conflict, {
    reason: [`${target} holds files that differ:`, ...differing.map((path) => `  ${path}`)].join(
      '\n',
    ),
    hint: 'Nothing was written. Choose another folder, or move these files away.',
  });
}
