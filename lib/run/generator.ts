import type { ExitStatus } from '../errors/exit-status.ts';
import type { RenderedFile } from '../files/render-folder.ts';
import type { Conflict, Merged } from '../merge/merge-files.ts';
import type { Option, OptionTable, Values } from '../options/option.ts';
import type { Ask } from '../options/prompts.ts';
import type { RawOptions } from '../options/raw-options.ts';
import type { SharedOption, SharedValues } from '../options/shared-options.ts';
import type { Workspace } from '../package-manager/workspace.ts';
import type { Step } from './steps.ts';

/** Where a run writes. */
export interface Target {
  /** An absolute path. */
  readonly directory: string;
  /** The workspace around it. */
  readonly workspace: Workspace | undefined;
}

/** What decides a run. */
export interface RunContext<T extends OptionTable> {
  /** Of the generator's own options. */
  readonly values: Values<T>;
  readonly shared: SharedValues;
  readonly target: Target;
}

/** What the steps after the files work with. */
export interface StageContext {
  /** The file that collects the output of all commands. */
  readonly log: string;
  /** The command line that continues the run after a failure. */
  readonly resume: string;
  /** The paths of all files of the service, relative to the target directory. */
  readonly paths: readonly string[];
  /** What the user has to resolve before the run continues. */
  readonly conflicts: readonly Conflict[];
  /** Called with what the tests ran on. */
  readonly onDatabase: (database: string) => void;
}

/** A command for the user, with what it is for. */
export interface NextCommand {
  readonly command: string;
  readonly comment?: string;
}

/** The end of a run that has nothing to write. */
export interface Ending {
  readonly status: 0 | ExitStatus;
  /** What it prints. */
  readonly text: string;
  /** What it adds to the JSON report. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Where the files of a run come from. */
type FilesSource<T extends OptionTable> =
  | {
      /** Renders all files. */
      readonly render: (context: RunContext<T>) => readonly RenderedFile[];
    }
  | {
      /** Merges changes into the files of the target directory, without writing them. */
      readonly merge: (context: RunContext<T>) => Promise<Merged>;
    };

/** What is different in each generator; `lib/run` does the rest. */
export type GeneratorDefinition<T extends OptionTable> = FilesSource<T> & {
  /** The word that selects it; empty for the default generator. */
  readonly name: string;
  /** What it does, in one sentence. */
  readonly summary: string;
  /** Its own options; the shared ones are added, but for those that it omits. */
  readonly options: T;
  readonly omits?: readonly SharedOption[];
  /** The option for the target directory. Prompted for first: stored answers are read from there. */
  readonly target: Option<string>;
  /** Whether the target directory stores the answers to its own options. */
  readonly storesAnswers: boolean;
  /**
   * Checks the prerequisites before the first prompt.
   *
   * @returns a note for each optional prerequisite that is missing
   * @throws {GeneratorError} when something required is missing
   */
  readonly preflight?: (provided: RawOptions) => Promise<readonly string[]>;
  /** Adds the options that the target decides to the provided ones. */
  readonly complete?: (provided: RawOptions, target: Target) => RawOptions;
  /** Ends the run if its options ask for something else than files. */
  readonly endEarly?: (context: RunContext<T>) => Promise<Ending | undefined>;
  /**
   * The files that its steps change after writing. With it, all changes can be reverted until a step
   * closes them.
   */
  readonly changedLater?: (context: RunContext<T>) => readonly string[];
  /** Prompts for more than the questions of its options. */
  readonly prompt?: (answered: RawOptions, target: Target, ask: Ask) => Promise<RawOptions>;
  /**
   * Checks the answers before anything is rendered.
   *
   * @returns notes for the user
   * @throws {GeneratorError} when the run cannot succeed
   */
  readonly verify?: (context: RunContext<T>) => readonly string[];
  /** The steps after the files, in stages: those of a stage run side by side. */
  readonly stages: (
    context: RunContext<T>,
    stage: StageContext,
  ) => Promise<readonly (readonly Step[])[]>;
  /** What to do next. */
  readonly next: (context: RunContext<T>) => readonly NextCommand[];
};
