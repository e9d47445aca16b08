import { describe, expect, it } from 'vitest';
import { options } from '../../../generators/app/options.ts';
import { promptFor, promptOf, unansweredOptions } from '../../../lib/options/prompts.ts';
import { appOptions, rawAppOptions } from '../../support/app-options.ts';
import { withTerminal } from '../../support/terminal.ts';

const names = (received: Record<string, unknown>) =>
  unansweredOptions(appOptions, rawAppOptions(received)).map(({ name }) => name);

describe('unansweredOptions', () => {
  it('are the options of the service', () => {
    expect(names({})).toEqual([
      'name',
      'description',
      'prefix',
      'port',
      'package-manager',
      'features',
      'example',
    ]);
  });

  it('are without the provided ones', () => {
    expect(names({ name: 'x', port: 1, example: false })).toEqual([
      'description',
      'prefix',
      'package-manager',
      'features',
    ]);
  });

  it('are none with --yes', () => {
    expect(names({ yes: true })).toEqual([]);
  });
});

describe('promptFor', () => {
  const ask = () => Promise.resolve({ features: ['docker', 'kubernetes'], port: '80' });

  it('adds the answers as they would be typed', async () => {
    withTerminal(true);
    const raw = rawAppOptions({ git: false });

    expect([...(await promptFor([options.features, options.port], raw, ask))]).toEqual([
      ['git', false],
      ['features', 'docker,kubernetes'],
      ['port', '80'],
    ]);
  });

  it('lists the missing options where prompts cannot be shown', async () => {
    withTerminal(false);
    const missing = promptFor([options.directory, options.port], new Map(), ask);

    await expect(missing).rejects.toMatchObject({
      code: 2,
      reason: 'Cannot prompt without a terminal or with --json. Missing options: name, --port.',
      hint: 'Nothing was written. Provide them, or add --yes to use the defaults.',
    });
  });
});

describe('promptOf', () => {
  it('validates an input as the option parses it', () => {
    const prompt = promptOf(options.port);

    expect(prompt).toMatchObject({ kind: 'input', name: 'port', initial: '7000' });
    const validate = prompt.kind === 'input' ? prompt.validate : undefined;
    expect(validate?.('80')).toBe(true);
    expect(validate?.('x')).toBe('invalid port "x": expected an integer from 1 to 65535.');
  });
});
