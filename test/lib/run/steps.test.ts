import { EventEmitter, once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runSteps, skipped, type Step, type StepsOptions } from '../../../lib/run/steps.ts';

/** What the list printed, without durations. */
function recordOutput(): () => string[] {
  const written: string[] = [];
  for (const stream of [process.stdout, process.stderr]) {
    vi.spyOn(stream, 'write').mockImplementation((chunk) => {
      written.push(String(chunk));
      return true;
    });
  }
  return () =>
    stripVTControlCharacters(written.join(''))
      .trim()
      .split('\n')
      .map((line) => line.replace(/^\W+ /, '').replace(/\d+\.\d s/, 'N s'));
}

/** Steps that say what they were told to. */
function saying(name: string, title: string, result: string): Step {
  return { name, title, run: () => setTimeout(5, result) };
}

/** A step that runs until it is stopped. */
const endless: Step = {
  name: 'wait',
  title: 'Waiting',
  run: ({ signal }) => setTimeout(60_000, 'waited', { signal }),
};

async function opened(gate: EventEmitter): Promise<string> {
  await once(gate, 'open');
  return 'done';
}

function options(changes: Partial<StepsOptions> = {}): StepsOptions {
  const { signal } = new AbortController();
  return { stream: process.stdout, signal, onDone: () => undefined, ...changes };
}

describe('runSteps', () => {
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  it('names each step, then says what it did and how long it took', async () => {
    const output = recordOutput();
    const onDone = vi.fn<StepsOptions['onDone']>();
    await runSteps([saying('do', 'Doing', 'done')], options({ onDone }));
    await runSteps([saying('try', 'Trying', 'tried')], options({ onDone }));
    vi.restoreAllMocks();
    expect(output()).toEqual(['Doing', 'done [N s]', 'Trying', 'tried [N s]']);
    const seconds = expect.closeTo(0, 0);
    expect(onDone.mock.calls).toEqual([
      [{ name: 'do', result: 'done', seconds }],
      [{ name: 'try', result: 'tried', seconds }],
    ]);
  });

  it('writes to the stream that it is given', async () => {
    const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const err = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    await runSteps([saying('do', 'Doing', 'done')], options({ stream: process.stderr }));
    const counts = [out.mock.calls.length, err.mock.calls.length > 0];
    vi.restoreAllMocks();
    expect(counts).toEqual([0, true]);
  });

  it('runs steps side by side', async () => {
    recordOutput();
    const gate = new EventEmitter();
    const first: Step = { name: 'a', title: 'A', run: () => opened(gate) };
    const second: Step = {
      name: 'b',
      title: 'B',
      run: () => {
        gate.emit('open');
        return Promise.resolve('b done');
      },
    };
    await runSteps([first, second], options());
  });

  it('stops the others when one fails, and throws its error as it was thrown', async () => {
    const output = recordOutput();
    const failure = new Error('many\nlines');
    const failing: Step = { name: 'do', title: 'Doing', run: () => Promise.reject(failure) };
    const onDone = vi.fn<StepsOptions['onDone']>();
    await expect(runSteps([endless, failing], options({ onDone }))).rejects.toBe(failure);
    vi.restoreAllMocks();
    expect(output()).toEqual([
      ...['Waiting', 'Doing', 'Doing [FAILED: see below]'],
      'Waiting [SKIPPED: stopped]',
    ]);
    expect(onDone).not.toHaveBeenCalled();
  });

  it('stops all when the run is interrupted', async () => {
    recordOutput();
    const controller = new AbortController();
    const reason = new Error('interrupted');
    const interrupting: Step = {
      name: 'do',
      title: 'Doing',
      run: ({ signal }) => {
        controller.abort(reason);
        signal.throwIfAborted();
        return Promise.resolve('');
      },
    };
    const run = runSteps([endless, interrupting], options({ signal: controller.signal }));
    await expect(run).rejects.toBe(reason);
  });

  it('marks a step that did less than it was meant to', async () => {
    const output = recordOutput();
    const onDone = vi.fn<StepsOptions['onDone']>();
    const step: Step = {
      name: 'git',
      title: 'Committing',
      run: () => Promise.resolve(skipped('no commit')),
    };
    await runSteps([step], options({ onDone }));
    vi.restoreAllMocks();
    expect(output()).toEqual(['Committing', 'Committing [SKIPPED: no commit]']);
    expect(onDone).toHaveBeenCalledWith(expect.objectContaining({ result: 'no commit' }));
  });

  it('says every ten seconds how far the steps are, where there is no terminal', async () => {
    const output = recordOutput();
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] });
    const ends = new EventEmitter();
    const counting: Step = {
      name: 'test',
      title: 'Testing',
      run: ({ progress }) => {
        progress('1 of 3 files');
        return opened(ends);
      },
    };
    const quick: Step = { name: 'lint', title: 'Linting', run: () => opened(ends) };
    const run = runSteps([quick, counting], options());
    await vi.advanceTimersByTimeAsync(20_000);
    ends.emit('open');
    await run;
    vi.advanceTimersByTime(20_000);
    vi.restoreAllMocks();
    expect(output().filter((line) => line.startsWith('still'))).toEqual([
      'still running: lint, test 1 of 3 files [10 s]',
      'still running: lint, test 1 of 3 files [20 s]',
    ]);
  });
});
