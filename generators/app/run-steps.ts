import { Listr, PRESET_TIMER } from 'listr2';

/** One named piece of work. */
export interface Step {
  /** What it is called while it runs. */
  readonly title: string;
  /** Does it, and says what it did. */
  readonly run: () => Promise<string>;
}

const timer = { ...PRESET_TIMER, field: seconds };

/** Runs steps in turn and shows them: as a live list in a terminal, else line by line. */
export async function runSteps(steps: readonly Step[]): Promise<void> {
  const failures: unknown[] = [];
  const list = new Listr(
    steps.map((step) => ({
      title: step.title,
      task: async (_, task) => {
        try {
          task.title = await step.run();
        } catch (error) {
          failures.push(error);
          // The list marks the step; what to say about it is the door's.
          throw new Error('see below', { cause: error });
        }
      },
    })),
    {
      registerSignalListeners: false,
      rendererOptions: { timer, showErrorMessage: false, collapseErrors: false },
      fallbackRenderer: 'simple',
      // A terminal without a width would get one letter a line.
      fallbackRendererCondition: () => !process.stdout.columns,
      fallbackRendererOptions: { timer },
    },
  );
  await list.run().catch((error: unknown) => {
    throw failures[0] ?? error;
  });
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
