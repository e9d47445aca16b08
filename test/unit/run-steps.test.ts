import { setTimeout } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runSteps } from '../../generators/app/run-steps.ts';

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
    await runSteps([
      { title: 'Doing', run: () => setTimeout(5, 'done') },
      { title: 'Trying', run: () => setTimeout(5, 'tried') },
    ]);
    vi.restoreAllMocks();
    expect(output()).toEqual(['Doing', 'done [N s]', 'Trying', 'tried [N s]']);
  });

  it('ends at the first failure, with the error as it was thrown', async () => {
    const output = recordOutput();
    const failure = new Error('many\nlines');
    const run = runSteps([
      { title: 'Doing', run: () => Promise.reject(failure) },
      { title: 'Trying', run: () => Promise.resolve('tried') },
    ]);
    await expect(run).rejects.toBe(failure);
    vi.restoreAllMocks();
    expect(output()).toEqual(['Doing', 'Doing [FAILED: see below]']);
  });
});
