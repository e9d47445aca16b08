import {
  Listr,
  LISTR_LOGGER_STDERR_LEVELS,
  type ListrDefaultRendererLogLevels,
  ListrLogger,
  type ListrLogLevels,
  PRESET_TIMER,
  ProcessOutput,
} from 'listr2';

/** One named piece of work. */
export interface Step {
  /** What it is called by programs. */
  readonly name: string;
  /** What it is called while it runs. */
  readonly title: string;
  /** Does it, and says what it did. */
  readonly run: () => Promise<string>;
}

/** A step that was done. */
export interface StepDone {
  readonly name: string;
  readonly result: string;
  readonly seconds: number;
}

/** Where steps are shown, and who is told of each that is done. */
export interface StepsOptions {
  readonly stream: NodeJS.WriteStream;
  readonly onDone: (step: StepDone) => void;
}

const timer = { ...PRESET_TIMER, field: seconds };

/** Runs steps in turn and shows them: as a live list in a terminal, else line by line. */
export async function runSteps(
  steps: readonly Step[],
  { stream, onDone }: StepsOptions,
): Promise<void> {
  const processOutput = new ProcessOutput(stream, process.stderr);
  const failures: unknown[] = [];
  const list = new Listr(
    steps.map((step) => ({
      title: step.title,
      task: async (_, task) => {
        try {
          const start = performance.now();
          const result = await step.run();
          task.title = result;
          const seconds = Math.round(performance.now() - start) / 1000;
          onDone({ name: step.name, result, seconds });
        } catch (error) {
          failures.push(error);
          // The list marks the step; what to say about it is the door's.
          throw new Error('see below', { cause: error });
        }
      },
    })),
    {
      registerSignalListeners: false,
      rendererOptions: {
        logger: new ListrLogger<ListrDefaultRendererLogLevels>({ useIcons: true, processOutput }),
        timer,
        showErrorMessage: false,
        collapseErrors: false,
      },
      fallbackRenderer: 'simple',
      // A terminal without a width would get one letter a line.
      fallbackRendererCondition: () => !stream.columns,
      fallbackRendererOptions: {
        logger: new ListrLogger<ListrLogLevels>({
          useIcons: true,
          toStderr: LISTR_LOGGER_STDERR_LEVELS,
          processOutput,
        }),
        timer,
      },
    },
  );
  await list.run().catch((error: unknown) => {
    throw failures[0] ?? error;
  });
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
