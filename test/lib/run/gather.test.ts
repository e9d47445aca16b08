import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { STORE, STORE_KEY } from '../../../lib/options/answers-file.ts';
import { canonicalFlags } from '../../../lib/options/raw-options.ts';
import { type Ask, gatherFlags } from '../../../lib/run/gather.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';

function withTerminal(isTTY: boolean): void {
  const before = process.stdin.isTTY;
  process.stdin.isTTY = isTTY;
  onTestFinished(() => {
    process.stdin.isTTY = before;
  });
}

/** Answers each question with the given values, and keeps what was asked. */
function person(answers: Record<string, unknown>) {
  return vi.fn<Ask>((open) =>
    Promise.resolve(Object.fromEntries(open.map(({ name }) => [name, answers[name]]))),
  );
}

function asked(ask: ReturnType<typeof person>): string[][] {
  return ask.mock.calls.map(([open]) => open.map(({ name }) => name));
}

describe('gatherFlags', () => {
  it('asks for the folder first, then for what is not stored there', async () => {
    withTerminal(true);
    const name = join(temporaryFolder(), 'my-service');
    writeFiles(name, { [STORE]: JSON.stringify({ [STORE_KEY]: { port: 8080, prefix: '/a' } }) });
    const ask = person({
      name,
      description: 'D',
      features: ['docker'],
      example: true,
      'package-manager': 'npm',
    });

    const flags = await gatherFlags(canonicalFlags({ git: false, onConflict: 'keep' }), ask);

    expect(asked(ask)).toEqual([
      ['name'],
      ['description', 'package-manager', 'features', 'example'],
    ]);
    expect(Object.fromEntries(flags)).toEqual({
      ...{ name, git: false, 'on-conflict': 'keep', port: 8080, prefix: '/a' },
      ...{ description: 'D', features: 'docker', example: true, 'package-manager': 'npm' },
    });
  });

  it('looks for the package manager that was chosen in an answer, before anything is written', async () => {
    withTerminal(true);
    vi.stubEnv('PATH', temporaryFolder());
    vi.stubEnv('Path', '');
    onTestFinished(() => {
      vi.unstubAllEnvs();
    });
    const name = join(temporaryFolder(), 'my-service');
    const ask = person({ ...{ description: 'D', prefix: '', port: 1 }, 'package-manager': 'bun' });
    const given = canonicalFlags({ name, features: 'none', example: false });

    await expect(gatherFlags(given, ask)).rejects.toMatchObject({
      code: 2,
      reason: 'bun was not found, and it is needed to install the service.',
    });
    expect(asked(ask)).toEqual([['description', 'prefix', 'port', 'package-manager']]);
    expect(existsSync(name)).toBe(false);
  });

  it('asks nothing with --json, and reports what is missing as JSON', async () => {
    withTerminal(true);
    const print = vi.spyOn(console, 'log').mockReturnValue();
    onTestFinished(() => {
      print.mockRestore();
    });
    const ask = person({});

    await expect(gatherFlags(canonicalFlags({ json: true }), ask)).rejects.toThrow('name');

    expect(asked(ask)).toEqual([]);
    expect(print.mock.calls.map(([text]) => JSON.parse(String(text)) as unknown)).toEqual([
      expect.objectContaining({ status: 2 }),
    ]);
  });

  it('asks nothing with --yes', async () => {
    withTerminal(true);
    const ask = person({});

    await gatherFlags(canonicalFlags({ yes: true }), ask);

    expect(asked(ask)).toEqual([]);
  });

  it('names everything that is missing where nobody can be asked', async () => {
    withTerminal(false);
    const ask = person({});

    await expect(gatherFlags(canonicalFlags({ port: 1 }), ask)).rejects.toThrow(
      'not given: name, --description, --prefix, --package-manager, --features, --example.',
    );
    expect(asked(ask)).toEqual([]);
  });

  it('asks nobody before what was typed is acceptable', async () => {
    withTerminal(true);
    const ask = person({});

    await expect(gatherFlags(canonicalFlags({ port: 'x' }), ask)).rejects.toMatchObject({
      code: 2,
    });
    expect(asked(ask)).toEqual([]);
  });
});
