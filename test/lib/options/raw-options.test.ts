import { describe, expect, it } from 'vitest';
import { canonicalFlags } from '../../../lib/options/raw-options.ts';
import { yeomanFlags } from '../../../lib/options/from-yeoman.ts';

describe('canonicalFlags', () => {
  it('brings both spellings of a name together', () => {
    expect([...canonicalFlags({ skipInstall: true, 'skip-install': true })]).toEqual([
      ['skip-install', true],
    ]);
  });

  it('turns a negated switch round', () => {
    expect([...canonicalFlags({ 'no-git': true, noExample: 'false' })]).toEqual([
      ['git', false],
      ['example', true],
    ]);
  });

  it('keeps what is no switch, and drops what has no value', () => {
    expect([...canonicalFlags({ 'no-port': true, port: undefined })]).toEqual([['no-port', true]]);
  });
});

describe('yeomanFlags', () => {
  it('takes the positional argument as the name', () => {
    expect([...yeomanFlags(['my-service'], { port: 8000 })]).toEqual([
      ['port', 8000],
      ['name', 'my-service'],
    ]);
  });

  it('hands several names over together, to be refused', () => {
    expect(yeomanFlags(['a', 'b'], {}).get('name')).toEqual(['a', 'b']);
  });

  it("leaves out Yeoman's own, and nothing else", () => {
    const options = { env: {}, namespace: 'x', resolved: 'y', skipCache: true, force: true };
    expect([...yeomanFlags([], options)]).toEqual([['force', true]]);
  });
});
