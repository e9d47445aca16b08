import Generator, { type BaseFeatures, type BaseOptions } from 'yeoman-generator';
import { interrupted } from '../errors/generator-error.ts';
import { optionsFromYeoman } from '../options/from-yeoman.ts';
import { helpText } from '../options/help.ts';
import type { OptionTable } from '../options/option.ts';
import type { Prompt } from '../options/prompts.ts';
import { endWithOutput } from '../process/broken-output.ts';
import { yeomanPrompt } from './ask-with-yeoman.ts';
import { Execution } from './execute.ts';
import type { GeneratorDefinition } from './generator.ts';
import { allOptions, prepareRun, type PreparedRun } from './prepare.ts';

/**
 * The Yeoman generator that runs a definition.
 *
 * @param prepared the run, if the entry point has prepared it
 */
export function yeomanGenerator<T extends OptionTable>(
  definition: GeneratorDefinition<T>,
  prepared?: PreparedRun<T>,
) {
  const invocation = ['yo clean-flask-ts', definition.name].filter(Boolean).join(':');

  return class extends Generator {
    #execution: Execution<T> | undefined;

    constructor(args?: string[], options?: BaseOptions, features?: BaseFeatures) {
      // Yeoman's own parsing guesses types and ignores unknown options; the table does neither.
      super(args, options, { ...features, disableInGeneratorOptionsSupport: true });
      this.setFeatures({
        // Methods that are not tasks, such as help(), are not run.
        tasksMatchingPriority: true,
        // Yeoman's conflicter writes before it has compared all files, and its install does not
        // say why it failed: both are done by the execution.
        customCommitTask: true,
        customInstallTask: true,
      });
    }

    /** Yeoman reads it from a package.json, which may have conflict markers. */
    override determineAppname(): string {
      return '';
    }

    /** What `yo clean-flask-ts --help` prints. */
    override help(): string {
      return helpText(invocation, definition);
    }

    async prompting(): Promise<void> {
      endWithOutput();
      const typed = optionsFromYeoman(allOptions(definition), this._args, this._initOptions);
      const ask = (prompts: readonly Prompt[]) => this.#ask(prompts);
      this.#execution = new Execution(
        prepared ?? (await prepareRun(definition, invocation, typed, ask)),
      );
    }

    async writing(): Promise<void> {
      await this.#started().write();
    }

    async install(): Promise<void> {
      await this.#started().runStages();
    }

    end(): void {
      this.#started().finish();
    }

    #started(): Execution<T> {
      if (this.#execution === undefined) throw new Error('The run was not prepared');
      return this.#execution;
    }

    async #ask(prompts: readonly Prompt[]): Promise<Record<string, unknown>> {
      try {
        return await this.prompt(prompts.map(yeomanPrompt));
      } catch (error) {
        // Yeoman ends the run with this very object, whatever is thrown here.
        const { code, message } = interrupted('Nothing was written.');
        throw error instanceof Error ? Object.assign(error, { code, message }) : error;
      }
    }
  };
}
