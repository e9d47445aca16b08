import { describe, expect, it } from 'vitest';
import { InvalidInputException } from '../../../src/domain/exceptions.ts';
import {
  getBooleanFilter,
  getFilter,
  getRangeFilter,
  parseBigInt,
  parseChoice,
  parseDate,
  parseDateTime,
  parseDecimal,
  parseInteger,
  parseNumber,
  parseText,
  parseTime,
  parseUuid,
} from '../../../src/api/filters.ts';

const UUID = '0b7a1c52-7e3f-4d0a-9c58-2f6d1e8b4a01';

it.each([
  [parseText, 'some text', 'some text'],
  [parseInteger, '-2147483648', -2_147_483_648],
  [parseBigInt, '-9223372036854775808', -(2n ** 63n)],
  [parseNumber, '-1.5e3', -1500],
  [parseDecimal, '-12.50', '-12.50'],
  [parseDate, '2024-02-29', new Date('2024-02-29T00:00:00Z')],
  [parseTime, '23:59:59', new Date('1970-01-01T23:59:59Z')],
  [parseDateTime, '2024-02-29T00:00:00.5+01:00', new Date('2024-02-28T23:00:00.500Z')],
  [parseUuid, UUID, UUID],
  [parseChoice(['draft', 'published']), 'draft', 'draft'],
])('%o reads %s', (parse, text, value) => {
  expect(parse(text)).toEqual(value);
});

it.each([
  [parseText, ['a\0b', '\ud800']],
  [parseInteger, ['', '1.5', '2147483648', '-2147483649', '1e3', ' 1']],
  [parseBigInt, ['', '9223372036854775808', '1.5', '0x1']],
  [parseNumber, ['', '1e400', 'NaN', 'Infinity', '0x1', '1.']],
  [parseDecimal, ['', '1e3', '.5', '9'.repeat(1001)]],
  [parseDate, ['', '2023-02-29', '0000-01-01', '2024-2-1', '2024-02-29T00:00:00Z']],
  [parseTime, ['', '24:00:00', '23:59:60', '23:59']],
  [parseDateTime, ['', '2024-02-29', '2024-02-29T00:00:00', '2023-02-29T00:00:00Z']],
  [parseUuid, ['', UUID.slice(1), `${UUID}0`]],
  [parseChoice(['draft', 'published']), ['', 'Draft']],
])('%o refuses %j', (parse, texts) => {
  expect(texts.map((text) => parse(text))).toEqual(texts.map(() => undefined));
});

describe('getFilter', () => {
  it('gives any of the values', () => {
    expect(getFilter('size', { size: ['1', '2'] }, parseInteger)).toEqual({ anyOf: [1, 2] });
    expect(getFilter('size', { size: '1' }, parseInteger)).toEqual({ anyOf: [1] });
  });

  it('is absent without its parameter', () => {
    expect(getFilter('size', { size_from: '1' }, parseInteger)).toBeUndefined();
  });

  it('names what it refuses', () => {
    expect(() => getFilter('size', { size: ['1', 'x'] }, parseInteger)).toThrow(
      new InvalidInputException('Invalid value for size'),
    );
  });
});

describe('getRangeFilter', () => {
  it.each([
    [{ size_from: '1' }, { from: 1 }],
    [{ size_to: '2' }, { to: 2 }],
    [
      { size: '3', size_from: '1', size_to: ['2', '9'] },
      { anyOf: [3], from: 1, to: 2 },
    ],
    [{}, undefined],
  ])('reads %j', (params, filter) => {
    expect(getRangeFilter('size', params, parseInteger)).toEqual(filter);
  });

  it('names what it refuses', () => {
    expect(() => getRangeFilter('size', { size_to: 'x' }, parseInteger)).toThrow(
      new InvalidInputException('Invalid value for size_to'),
    );
  });
});

it.each([
  ['true', true],
  ['False', false],
  [['true', 'true'], true],
  [['true', 'false'], undefined],
])('getBooleanFilter reads %j', (done, value) => {
  expect(getBooleanFilter('done', { done })).toBe(value);
  expect(getBooleanFilter('open', { done })).toBeUndefined();
});
