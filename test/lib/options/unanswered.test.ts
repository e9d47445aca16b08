import { describe, expect, it } from 'vitest';
import { options } from '../../../generators/app/options.ts';
import {
  acceptable,
  nobodyToAsk,
  openQuestions,
  withAnswered,
} from '../../../lib/options/unanswered.ts';

const names = (flags: Map<string, unknown>) => openQuestions(flags).map(({ name }) => name);

describe('openQuestions', () => {
  it('are what a person decides', () => {
    expect(names(new Map())).toEqual([
      'name',
      'description',
      'prefix',
      'port',
      'package-manager',
      'features',
      'example',
    ]);
  });

  it('leave out what was given', () => {
    const flags = new Map<string, unknown>([
      ['name', 'x'],
      ['port', 1],
      ['example', false],
    ]);
    expect(names(flags)).toEqual(['description', 'prefix', 'package-manager', 'features']);
  });

  it('are none with --yes', () => {
    expect(names(new Map([['yes', true]]))).toEqual([]);
  });
});

describe('nobodyToAsk', () => {
  it('says what is missing, and how to go on', () => {
    const { code, message } = nobodyToAsk([options.folder, options.port]);
    expect(code).toBe(2);
    expect(message).toBe(
      'Nobody can be asked, without a terminal or with --json, and these were not given: name, --port.\n\n' +
        'Nothing was written. Give them, or add --yes to take the defaults.',
    );
  });
});

describe('acceptable', () => {
  it('is true, or says why not', () => {
    expect(acceptable(options.port, '80')).toBe(true);
    expect(acceptable(options.port, 'x')).toBe(
      '"x" is no port. Give a whole number from 1 to 65535.',
    );
  });
});

describe('withAnswered', () => {
  it('adds answers as they would be typed', () => {
    const flags = withAnswered(new Map([['yes', true]]), { features: ['docker', 'kubernetes'] });
    expect([...flags]).toEqual([
      ['yes', true],
      ['features', 'docker,kubernetes'],
    ]);
  });
});
