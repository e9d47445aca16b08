import { describe, expect, it } from 'vitest';
import { optionsFromYeoman } from '../../../lib/options/from-yeoman.ts';
import { appOptions, rawAppOptions } from '../../support/app-options.ts';

describe('rawOptions', () => {
  it('unites both spellings of a name', () => {
    expect([...rawAppOptions({ skipInstall: true, 'skip-install': true })]).toEqual([
      ['skip-install', true],
    ]);
  });

  it('inverts a negated switch', () => {
    expect([...rawAppOptions({ 'no-git': true, noExample: 'false' })]).toEqual([
      ['git', false],
      ['example', true],
    ]);
  });

  it('keeps what is not a switch, and drops what has no value', () => {
    expect([...rawAppOptions({ 'no-port': true, port: undefined })]).toEqual([['no-port', true]]);
  });
});

describe('optionsFromYeoman', () => {
  const received = (args: string[], options: object) =>
    optionsFromYeoman(appOptions, args, options);

  it('takes the positional argument as the name', () => {
    expect([...received(['my-service'], { port: 8000 })]).toEqual([
      ['port', 8000],
      ['name', 'my-service'],
    ]);
  });

  it('passes several names on together, to be refused', () => {
    expect(received(['a', 'b'], {}).get('name')).toEqual(['a', 'b']);
  });

  it("omits Yeoman's own, and nothing else", () => {
    const options = { env: {}, namespace: 'x', resolved: 'y', skipCache: true, force: true };
    expect([...received([], options)]).toEqual([['force', true]]);
  });
});
