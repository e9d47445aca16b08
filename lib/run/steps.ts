import {
  Listr,
  LISTR_LOGGER_STDERR_LEVELS,
  type ListrDefaultRendererLogLevels,
  ListrLogger,
  type ListrLogLevels,
  PRESET_TIMER,
  ProcessOutput,
} from 'listr2';

const LIVE_MS = 1000;
const LINES_MS = 10_000;

/** What a step did, or why it did less than it was meant to. */
export type Outcome = string | Skipped;

interface Skipped {
  readonly skipped: string;
}

/** What a step works with. */
export interface StepContext {
  /** Aborted when the run is interrupted or a step of the same stage failed. */
  readonly signal: AbortSignal;
  /** Shows how far the step is. */
  readonly progress: (text: string) => void;
}

/** One named piece of work. */
export interface Step {
  /** What it is called by programs. */
  readonly name: string;
  /** What it is called while it runs. */
  readonly title: string;
  readonly run: (context: StepContext) => Promise<Outcome>;
}

/** A step that was done. */
export interface StepDone {
  readonly name: string;
  readonly result: string;
  readonly seconds: number;
}

/** Where steps are shown, what stops them, and what is called after each. */
export interface StepsOptions {
  readonly stream: NodeJS.WriteStream;
  readonly signal: AbortSignal;
  readonly onDone: (step: StepDone) => void;
}

const timer = { ...PRESET_TIMER, field: seconds };

/** The outcome of a step that did less than it was meant to, and why. */
export function skipped(reason: string): Skipped {
  return { skipped: reason };
}

/**
 * Runs steps side by side and shows them: as a live list in a terminal, else line by line. When one
 * fails, the others are stopped.
 *
 * @throws what the first step that failed threw
 */
export async function runSteps(
  steps: readonly Step[],
  { stream, signal, onDone }: StepsOptions,
): Promise<void> {
  const failed = new AbortController();
  const stop = AbortSignal.any([signal, failed.signal]);
  const failures: unknown[] = [];
  // A terminal without a width would get one letter a line.
  const live = process.stdout.isTTY && Boolean(stream.columns);
  const board = progressBoard(stream, live);
  const list = new Listr(
    steps.map((step) => ({
      title: step.title,
      task: async (_, task) => {
        const start = performance.now();
        const progress = board.start(step.name, (text) => {
          task.output = text;
        });
        try {
          const outcome = await step.run({ signal: stop, progress });
          const result = typeof outcome === 'string' ? outcome : outcome.skipped;
          if (typeof outcome === 'string') task.title = result;
          else task.skip(result);
          onDone({ name: step.name, result, seconds: secondsSince(start) });
        } catch (error) {
          if (failures.length > 0) {
            task.skip('stopped');
            return;
          }
          failures.push(error);
          failed.abort(error);
          // The list marks the step; the command says what happened.
          throw new Error('see below', { cause: error });
        } finally {
          board.end(step.name);
        }
      },
    })),
    {
      concurrent: true,
      exitOnError: false,
      registerSignalListeners: false,
      ...looks(stream, live),
    },
  );
  await list.run().finally(board.close);
  if (failures.length > 0) throw failures[0];
}

/** Shows how far steps are: in a terminal below each, else in one line now and then. */
function progressBoard(stream: NodeJS.WriteStream, live: boolean) {
  const start = performance.now();
  const running = new Map<string, { text: string; show: (text: string) => void }>();
  const elapsed = () => `[${Math.round(secondsSince(start))} s]`;
  const showLive = () => {
    for (const { text, show } of running.values()) show(`${text} ${elapsed()}`.trimStart());
  };
  const writeLine = () => {
    const all = [...running].map(([name, { text }]) => `${name} ${text}`.trimEnd());
    stream.write(`still running: ${all.join(', ')} ${elapsed()}\n`);
  };
  const interval = live ? setInterval(showLive, LIVE_MS) : setInterval(writeLine, LINES_MS);
  return {
    start: (name: string, show: (text: string) => void) => {
      const entry = { text: '', show };
      running.set(name, entry);
      return (text: string) => {
        entry.text = text;
      };
    },
    end: (name: string) => {
      running.delete(name);
    },
    close: () => {
      clearInterval(interval);
    },
  };
}

function looks(stream: NodeJS.WriteStream, live: boolean) {
  const processOutput = new ProcessOutput(stream, process.stderr);
  return {
    rendererOptions: {
      logger: new ListrLogger<ListrDefaultRendererLogLevels>({ useIcons: true, processOutput }),
      timer,
      showErrorMessage: false,
      collapseErrors: false,
      collapseSkips: false,
    },
    fallbackRenderer: 'simple' as const,
    fallbackRendererCondition: () => !live,
    fallbackRendererOptions: {
      logger: new ListrLogger<ListrLogLevels>({
        useIcons: true,
        toStderr: LISTR_LOGGER_STDERR_LEVELS,
        processOutput,
      }),
      timer,
    },
  };
}

function secondsSince(start: number): number {
  return Math.round(performance.now() - start) / 1000;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
