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
    expect(parseText(true)).toEqual({ problem: 'needs a value.' });
  });

  it('refuses several values', () => {
    expect(parseText(['a', 'b'])).toEqual({
      problem: 'was given more than once. Give it once.',
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
      problem: 'takes no value, but was given "my-service". Write the name before it.',
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
      problem: `"${raw}" is no port. Give a whole number from 1 to 65535.`,
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
      problem: '"NPM" is not a choice. Choose from npm, pnpm.',
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

  it('names all that are no choices', () => {
    expect(parse('docker,helm,none')).toEqual({
      problem: 'has no "helm", "none". Choose from docker, kubernetes, or none.',
    });
  });
});
