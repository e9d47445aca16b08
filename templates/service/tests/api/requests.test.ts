import { describe, expect, it } from 'vitest';
import { getListOptions, getQueryParam, parseId } from '../../src/api/requests.ts';

describe('getQueryParam', () => {
  it('gives the value, the first of several, or undefined', () => {
    const params = { one: 'a', several: ['b', 'c'] };

    expect(getQueryParam('one', params)).toBe('a');
    expect(getQueryParam('several', params)).toBe('b');
    expect(getQueryParam('none', params)).toBeUndefined();
  });
});

describe('getListOptions', () => {
  it.each([
    [{}, { itemize: false }],
    [
      { page: '2', per_page: '20' },
      { page: 2, perPage: 20, itemize: false },
    ],
    [{ page: '0', per_page: '-1' }, { itemize: false }],
    [{ page: '1.5', per_page: 'ten' }, { itemize: false }],
    [{ page: '9'.repeat(30) }, { page: Number.MAX_SAFE_INTEGER, itemize: false }],
    [{ itemize: 'true' }, { itemize: true }],
    [{ itemized: 'True' }, { itemize: true }],
    [{ itemize: 'false' }, { itemize: false }],
    [{ itemize: '1' }, { itemize: false }],
  ])('reads %j as %j', (params, options) => {
    expect(getListOptions(params)).toEqual(options);
  });
});

describe('parseId', () => {
  it.each([
    ['1', 1],
    ['007', 7],
    ['abc', NaN],
    ['-1', NaN],
    ['1.0', NaN],
    ['', NaN],
    ['1e3', NaN],
  ])('reads "%s" as %d', (text, id) => {
    expect(parseId(text)).toBe(id);
  });
});
