import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { appDefinition } from '../../../generators/app/definition.ts';
import { STORE, STORE_KEY } from '../../../lib/options/answers-file.ts';
import type { Ask } from '../../../lib/options/prompts.ts';
import { prepareRun } from '../../../lib/run/prepare.ts';
import { unlockTarget } from '../../../lib/run/target-lock.ts';
import { rawAppOptions } from '../../support/app-options.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { withTerminal } from '../../support/terminal.ts';
import { writeFiles } from '../../support/write-files.ts';

/** Answers each prompt with the given values. */
function answering(answers: Record<string, unknown>) {
  return vi.fn<Ask>((prompts) =>
    Promise.resolve(Object.fromEntries(prompts.map(({ name }) => [name, answers[name]]))),
  );
}

function prompted(ask: ReturnType<typeof answering>): string[][] {
  return ask.mock.calls.map(([prompts]) => prompts.map(({ name }) => name));
}

/** Prepares a run that nothing follows. */
async function prepare(received: Record<string, unknown>, ask: Ask) {
  const run = await prepareRun(appDefinition, 'make', rawAppOptions(received), ask);
  unlockTarget(run.target.directory);
  return run;
}

describe('prepareRun', () => {
  it('prompts for the directory first, then for what is not stored there', async () => {
    withTerminal(true);
    const name = join(temporaryFolder(), 'my-service');
    writeFiles(name, { [STORE]: JSON.stringify({ [STORE_KEY]: { port: 8080, prefix: '/a' } }) });
    const ask = answering({
      ...{ name, description: 'D', features: ['docker'], example: true },
      'package-manager': 'npm',
    });

    const { raw, values, target, plan } = await prepare({ git: false, onConflict: 'keep' }, ask);

    expect(prompted(ask)).toEqual([
      ['name'],
      ['description', 'package-manager', 'features', 'example'],
    ]);
    expect(Object.fromEntries(raw)).toEqual({
      ...{ name, git: false, 'on-conflict': 'keep', port: 8080, prefix: '/a' },
      ...{ description: 'D', features: 'docker', example: true, 'package-manager': 'npm' },
    });
    expect(values).toMatchObject({ port: 8080, features: ['docker'] });
    expect(target).toEqual({ directory: name, workspace: undefined });
    expect(plan.left.map(({ path }) => path)).toEqual([STORE]);
  });

  it('checks for the package manager of an answer before anything is written', async () => {
    withTerminal(true);
    vi.stubEnv('PATH', temporaryFolder());
    vi.stubEnv('Path', '');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const name = join(temporaryFolder(), 'my-service');
    const ask = answering({
      ...{ description: 'D', prefix: '', port: 1 },
      'package-manager': 'bun',
    });
    const run = prepare({ name, features: 'none', example: false }, ask);

    await expect(run).rejects.toMatchObject({
      code: 2,
      reason: 'bun was not found to install the service.',
    });
    expect(prompted(ask)).toEqual([['description', 'prefix', 'port', 'package-manager']]);
    expect(existsSync(name)).toBe(false);
  });

  it('does not prompt with --json, and reports the missing options as JSON', async () => {
    withTerminal(true);
    const print = vi.spyOn(console, 'log').mockReturnValue();
    onTestFinished(() => {
      print.mockRestore();
    });
    const ask = answering({});

    await expect(prepare({ json: true }, ask)).rejects.toThrow('name');

    expect(prompted(ask)).toEqual([]);
    expect(print.mock.calls.map(([text]) => JSON.parse(String(text)) as unknown)).toEqual([
      expect.objectContaining({ status: 2 }),
    ]);
  });

  it('does not prompt with --yes', async () => {
    withTerminal(true);
    const ask = answering({});

    await prepare({ yes: true, dryRun: true }, ask);

    expect(prompted(ask)).toEqual([]);
  });

  it('lists all missing options where it cannot prompt', async () => {
    withTerminal(false);
    const ask = answering({});

    await expect(prepare({ port: 1 }, ask)).rejects.toThrow(
      'Missing options: name, --description, --prefix, --package-manager, --features, --example.',
    );
    expect(prompted(ask)).toEqual([]);
  });

  it('does not prompt before what was typed is valid', async () => {
    withTerminal(true);
    const ask = answering({});

    await expect(prepare({ port: 'x' }, ask)).rejects.toMatchObject({ code: 2 });
    expect(prompted(ask)).toEqual([]);
  });
});
