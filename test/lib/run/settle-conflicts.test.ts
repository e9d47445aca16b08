import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { planFiles } from '../../../lib/files/plan.ts';
import type { Ask } from '../../../lib/options/prompts.ts';
import { mergeFiles } from '../../../lib/merge/merge-files.ts';
import { mergedPlan, refuseOutdated, settleConflicts } from '../../../lib/run/settle-conflicts.ts';
import { rawAppOptions } from '../../support/app-options.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { withTerminal } from '../../support/terminal.ts';
import { writeFiles } from '../../support/write-files.ts';

const files = [
  { path: 'README.md', contents: Buffer.from('# orders\n') },
  { path: 'package.json', contents: Buffer.from('{}\n') },
];

/** Settles what happens to the files of a directory. */
function settle(present: Record<string, string>, received: Record<string, unknown>, ask: Ask) {
  const directory = join(temporaryFolder(), 'orders');
  writeFiles(directory, present);
  const raw = rawAppOptions(received);
  return settleConflicts(planFiles(files, directory), directory, raw, ask);
}

/** Makes each of the choices in turn. */
function choosing(...choices: string[]) {
  return vi.fn<Ask>(() => Promise.resolve({ 'on-conflict': choices.shift() }));
}

describe('settleConflicts', () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it('changes nothing in a plan that only creates files', async () => {
    const { plan, raw } = await settle({}, {}, choosing());

    expect(plan).toMatchObject({ created: files, changed: [], blocked: [], left: [] });
    expect([...raw]).toEqual([]);
  });

  it('stops where it cannot prompt, and names the files', async () => {
    withTerminal(false);

    await expect(settle({ 'README.md': 'mine\n' }, {}, choosing())).rejects.toMatchObject({
      code: 3,
      reason: expect.stringMatching(/orders contains files that differ:\n {2}README\.md$/),
      hint: expect.stringContaining('--on-conflict keep'),
    });
  });

  it.each([
    ['keep', { created: 1, changed: 0, left: 1 }],
    ['overwrite', { created: 1, changed: 1, left: 0 }],
  ])('does not prompt with --on-conflict %s', async (onConflict, counts) => {
    withTerminal(true);
    const ask = choosing();
    const { plan } = await settle({ 'README.md': 'mine\n' }, { onConflict }, ask);

    expect(ask).not.toHaveBeenCalled();
    const { created, changed, left } = plan;
    expect({ created: created.length, changed: changed.length, left: left.length }).toEqual(counts);
  });

  it.each(['keep', 'overwrite'])('prompts once in a terminal, and may %s', async (choice) => {
    withTerminal(true);
    const ask = choosing(choice);
    const { plan, raw } = await settle({ 'README.md': 'mine\n' }, {}, ask);

    expect(Object.fromEntries(raw)).toEqual({ 'on-conflict': choice });
    expect(plan[choice === 'keep' ? 'left' : 'changed']).toEqual([files[0]]);
    expect(ask.mock.calls).toEqual([
      [
        [
          expect.objectContaining({
            kind: 'select',
            choices: ['stop', 'keep', 'overwrite', 'show diffs'],
            message: expect.stringContaining('with different contents:\n  README.md\n'),
          }),
        ],
      ],
    ]);
  });

  it('shows the differences and prompts again', async () => {
    withTerminal(true);
    const log = vi.spyOn(console, 'log').mockReturnValue();
    const ask = choosing('show diffs', 'stop');

    await expect(settle({ 'README.md': 'mine\n' }, {}, ask)).rejects.toMatchObject({ code: 3 });
    expect(log.mock.calls).toEqual([[expect.stringMatching(/^-mine\n\+# orders$/m)]]);
  });

  it('refuses what no file can replace, also with --on-conflict overwrite', async () => {
    const settled = settle({ 'README.md/x': '' }, { onConflict: 'overwrite' }, choosing());

    await expect(settled).rejects.toMatchObject({ code: 3 });
  });
});

describe('refuseOutdated', () => {
  it('refuses a plan when another program has created or removed a file', () => {
    const directory = temporaryFolder();
    const plan = planFiles(files, directory);
    const refused = () => {
      refuseOutdated(plan, directory);
    };

    expect(refused).not.toThrow();
    writeFiles(directory, { 'README.md': 'mine\n' });
    expect(refused).toThrow(/contains files that differ:\n {2}README\.md\n/);
  });

  it('refuses a merged plan when a file that it changes or removes was edited since', async () => {
    const directory = temporaryFolder();
    const old = { 'a.ts': 'a\n', 'b.ts': 'b\n' };
    writeFiles(directory, old);
    const base = Object.entries(old).map(([path, text]) => ({ path, contents: Buffer.from(text) }));
    const merged = await mergeFiles(
      directory,
      base,
      [{ path: 'a.ts', contents: Buffer.from('new\n') }],
      { format: (file) => Promise.resolve(file), mergeTextOf: () => undefined },
    );
    const { plan } = mergedPlan(merged, directory, { dryRun: false, json: false });
    const refused = () => {
      refuseOutdated(plan, directory);
    };

    expect([plan.changed.map(({ path }) => path), plan.removed]).toEqual([['a.ts'], ['b.ts']]);
    expect(refused).not.toThrow();
    writeFiles(directory, { 'a.ts': 'mine\n', 'b.ts': 'mine\n' });
    expect(refused).toThrow(/contains files that differ:\n {2}a\.ts\n {2}b\.ts\n/);
  });
});
