import { describe, expect, it } from 'vitest';
import { InvalidInputException } from '../../../src/domain/exceptions.ts';
import {
  getListOptions,
  getQueryParam,
  getTextQueryParam,
  parseId,
  sortFields,
} from '../../../src/api/requests.ts';

const params = { one: 'a', several: ['b', 'True', 'c'], yes: 'TRUE', no: 'False', empty: '' };

describe('getQueryParam', () => {
  it.each([
    ['one', 'a'],
    ['several', 'b'],
    ['yes', true],
    ['no', false],
    ['empty', ''],
    ['none', undefined],
  ])('gives one value of "%s": %j', (name, value) => {
    expect(getQueryParam(name, params)).toBe(value);
  });

  it.each([
    ['one', ['a']],
    ['several', ['b', true, 'c']],
    ['no', [false]],
    ['none', []],
  ])('gives all values of "%s" with many: %j', (name, values) => {
    expect(getQueryParam(name, params, { many: true })).toEqual(values);
  });

  it('gives the default for an absent parameter only', () => {
    expect(getQueryParam('none', params, { default: 7 })).toBe(7);
    expect(getQueryParam('no', params, { default: true })).toBe(false);
    expect(getQueryParam('none', params, { default: ['x'], many: true })).toEqual(['x']);
    expect(getQueryParam('one', params, { default: ['x'], many: true })).toEqual(['a']);
  });
});

describe('getTextQueryParam', () => {
  it('gives the first text unchanged', () => {
    expect(getTextQueryParam('yes', params)).toBe('TRUE');
    expect(getTextQueryParam('several', params)).toBe('b');
    expect(getTextQueryParam('none', params)).toBeUndefined();
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
    expect(getListOptions(params, sortFields)).toEqual(options);
  });

  it.each([
    ['version', [{ field: 'version', descending: false }]],
    [
      '-updated_at,id',
      [
        { field: 'updatedAt', descending: true },
        { field: 'id', descending: false },
      ],
    ],
    [
      ['-id', 'created_at'],
      [
        { field: 'id', descending: true },
        { field: 'createdAt', descending: false },
      ],
    ],
  ])('sorts by %j', (sort, keys) => {
    expect(getListOptions({ sort }, sortFields).sort).toEqual(keys);
  });

  it.each(['', '-', 'createdAt', 'id,', 'id,-id', '--id', 'id created_at', 'constructor'])(
    'refuses to sort by "%s" and names what it can sort by',
    (sort) => {
      expect(() => getListOptions({ sort }, sortFields)).toThrow(
        new InvalidInputException(
          'Invalid value for sort: expected each of these at most once, with "-" for descending: id, created_at, updated_at, version',
        ),
      );
    },
  );
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
