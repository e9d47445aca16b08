import { join } from 'node:path';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { settleConflicts } from '../../../lib/files/conflicts.ts';
import { canonicalFlags } from '../../../lib/options/raw-options.ts';
import type { Ask } from '../../../lib/run/gather.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';

/** A folder in which one file differs. */
function clashing(): string {
  const name = join(temporaryFolder(), 'orders');
  writeFiles(name, { 'README.md': 'mine\n' });
  return name;
}

function inTerminal(): void {
  const before = process.stdin.isTTY;
  process.stdin.isTTY = true;
  onTestFinished(() => {
    process.stdin.isTTY = before;
  });
}

/** Makes each of the choices in turn. */
function person(...choices: string[]) {
  return vi.fn<Ask>(() => Promise.resolve({ 'on-conflict': choices.shift() }));
}

describe('settleConflicts', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('has nothing to settle in a new folder', async () => {
    const flags = canonicalFlags({ name: join(temporaryFolder(), 'orders') });

    expect(await settleConflicts(flags, person())).toBe(flags);
  });

  it('stops where nobody can be asked, and names the files', async () => {
    const flags = canonicalFlags({ name: clashing() });

    await expect(settleConflicts(flags, person())).rejects.toMatchObject({
      code: 3,
      reason: expect.stringMatching(/holds files that differ:\n {2}README\.md$/),
      hint: expect.stringContaining('--on-conflict keep'),
    });
  });

  it.each(['keep', 'overwrite'])('asks nobody when it was told to %s', async (onConflict) => {
    inTerminal();
    const ask = person();
    const flags = canonicalFlags({ name: clashing(), onConflict });

    expect(await settleConflicts(flags, ask)).toBe(flags);
    expect(ask).not.toHaveBeenCalled();
  });

  it.each(['keep', 'overwrite'])('asks once in a terminal, and may %s', async (choice) => {
    inTerminal();
    const ask = person(choice);
    const flags = await settleConflicts(canonicalFlags({ name: clashing() }), ask);

    expect(flags.get('on-conflict')).toBe(choice);
    expect(ask.mock.calls[0]?.[0]).toMatchObject([
      {
        choices: ['stop', 'keep', 'overwrite', 'show diffs'],
        question: expect.stringContaining('These files are there and differ:\n  README.md\n'),
      },
    ]);
  });

  it('shows the differences and asks again', async () => {
    inTerminal();
    const log = vi.spyOn(console, 'log').mockReturnValue();
    const ask = person('show diffs', 'stop');

    await expect(settleConflicts(canonicalFlags({ name: clashing() }), ask)).rejects.toMatchObject({
      code: 3,
    });
    expect(log.mock.calls).toEqual([[expect.stringMatching(/^-mine\n\+# orders$/m)]]);
  });

  it('refuses what no file can replace, also when told to overwrite', async () => {
    const name = join(temporaryFolder(), 'orders');
    writeFiles(name, { 'README.md/x': '' });
    const flags = canonicalFlags({ name, onConflict: 'overwrite' });

    await expect(settleConflicts(flags, person())).rejects.toMatchObject({ code: 3 });
  });
});
