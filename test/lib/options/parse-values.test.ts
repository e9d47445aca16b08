import { describe, expect, it } from 'vitest';
import {
  parseChoice,
  parseList,
  parsePort,
  parseSwitch,
  parseText,
} from '../../../lib/options/parse-values.ts';

describe('parseText', () => {
  it('takes text without the blanks around it', () => {
    expect(parseText('  some text ')).toEqual({ value: 'some text' });
  });

  it('takes a number as what was typed', () => {
    expect(parseText(42)).toEqual({ value: '42' });
  });

  it('needs a value', () => {
    expect(parseText(true)).toEqual({ problem: 'missing value.' });
  });

  it('refuses several values', () => {
    expect(parseText(['a', 'b'])).toEqual({
      problem: 'provided more than once; expected once.',
    });
  });
});

describe('parseSwitch', () => {
  it.each([
    [true, true],
    ['true', true],
    [false, false],
    ['false', false],
  ])('takes %j as %j', (raw, value) => {
    expect(parseSwitch(raw)).toEqual({ value });
  });

  it('refuses a word that it swallowed', () => {
    expect(parseSwitch('my-service')).toEqual({
      problem: 'unexpected value "my-service": expected none. Place a name before this option.',
    });
  });
});

describe('parsePort', () => {
  it.each([
    ['1', 1],
    [7000, 7000],
    ['65535', 65_535],
  ])('takes %j', (raw, value) => {
    expect(parsePort(raw)).toEqual({ value });
  });

  it.each(['0', '65536', '-1', '1.5', '1e3', 'http', '', '0x50', '123456'])('refuses %j', (raw) => {
    expect(parsePort(raw)).toEqual({
      problem: `invalid port "${raw}": expected an integer from 1 to 65535.`,
    });
  });
});

describe('parseChoice', () => {
  const parse = parseChoice(['npm', 'pnpm']);

  it('takes a choice', () => {
    expect(parse('pnpm')).toEqual({ value: 'pnpm' });
  });

  it('refuses anything else', () => {
    expect(parse('NPM')).toEqual({
      problem: 'invalid value "NPM" (allowed: npm, pnpm).',
    });
  });
});

describe('parseList', () => {
  const parse = parseList(['docker', 'kubernetes']);

  it('takes choices in any order, once each', () => {
    expect(parse('kubernetes, docker,docker')).toEqual({ value: ['docker', 'kubernetes'] });
  });

  it.each(['none', ''])('takes %j as no choice', (raw) => {
    expect(parse(raw)).toEqual({ value: [] });
  });

  it('names all invalid values', () => {
    expect(parse('docker,helm,none')).toEqual({
      problem: 'invalid values "helm", "none" (allowed: docker, kubernetes, or none).',
    });
  });
});
