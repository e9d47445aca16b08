import { setTimeout } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runSteps, type StepsOptions } from '../../generators/app/run-steps.ts';

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

describe('runSteps', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('names each step, then says what it did and how long it took', async () => {
    const output = recordOutput();
    const onDone = vi.fn<StepsOptions['onDone']>();
    await runSteps(
      [
        { name: 'do', title: 'Doing', run: () => setTimeout(5, 'done') },
        { name: 'try', title: 'Trying', run: () => setTimeout(5, 'tried') },
      ],
      { stream: process.stdout, onDone },
    );
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
    const step = { name: 'do', title: 'Doing', run: () => Promise.resolve('done') };
    await runSteps([step], { stream: process.stderr, onDone: () => undefined });
    const counts = [out.mock.calls.length, err.mock.calls.length > 0];
    vi.restoreAllMocks();
    expect(counts).toEqual([0, true]);
  });

  it('ends at the first failure, with the error as it was thrown', async () => {
    const output = recordOutput();
    const failure = new Error('many\nlines');
    const run = runSteps(
      [
        { name: 'do', title: 'Doing', run: () => Promise.reject(failure) },
        { name: 'try', title: 'Trying', run: () => Promise.resolve('tried') },
      ],
      { stream: process.stdout, onDone: () => undefined },
    );
    await expect(run).rejects.toBe(failure);
    vi.restoreAllMocks();
    expect(output()).toEqual(['Doing', 'Doing [FAILED: see below]']);
  });
});
