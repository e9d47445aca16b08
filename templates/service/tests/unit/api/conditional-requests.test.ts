import { describe, expect, it } from 'vitest';
import { evaluateRead, getVersionCondition } from '../../../src/api/conditional-requests.ts';

describe('getVersionCondition', () => {
  it.each([
    [undefined, {}],
    ['*', {}],
    ['"3"', { anyOf: [3] }],
    ['"3", "5"', { anyOf: [3, 5] }],
    ['"3","5" , ,', { anyOf: [3, 5] }],
    ['"2147483647"', { anyOf: [2_147_483_647] }],
    ['"2147483648"', { anyOf: [] }],
    ['W/"3"', { anyOf: [] }],
    ['3', { anyOf: [] }],
    ['"03"', { anyOf: [] }],
    ['"3.0"', { anyOf: [] }],
    ['"3e0"', { anyOf: [] }],
    ['" 3"', { anyOf: [] }],
    ['"-1"', { anyOf: [] }],
    ['""', { anyOf: [] }],
    ['"abc", "4"', { anyOf: [4] }],
    ['"a,"3",b"', { anyOf: [] }],
    ['', { anyOf: [] }],
  ])('reads If-Match: %s as %j', (ifMatch, condition) => {
    expect(getVersionCondition({ 'if-match': ifMatch })).toEqual(condition);
  });

  it.each([
    ['*', { anyOf: [] }],
    ['"3"', { noneOf: [3] }],
    ['W/"3", "5"', { noneOf: [3, 5] }],
    ['"03", "abc"', { noneOf: [] }],
  ])('reads If-None-Match: %s as %j', (ifNoneMatch, condition) => {
    expect(getVersionCondition({ 'if-none-match': ifNoneMatch })).toEqual(condition);
  });

  it('reads both', () => {
    expect(getVersionCondition({ 'if-match': '"3", "4"', 'if-none-match': '"4"' })).toEqual({
      anyOf: [3, 4],
      noneOf: [4],
    });
  });
});

describe('evaluateRead', () => {
  it.each([
    [{}, 'send'],
    [{ 'if-none-match': '"2"' }, 'send'],
    [{ 'if-none-match': '"03"' }, 'send'],
    [{ 'if-none-match': '"3"' }, 'not-modified'],
    [{ 'if-none-match': 'W/"3"' }, 'not-modified'],
    [{ 'if-none-match': '"2", W/"3"' }, 'not-modified'],
    [{ 'if-none-match': '*' }, 'not-modified'],
    [{ 'if-match': '"3"' }, 'send'],
    [{ 'if-match': '*' }, 'send'],
    [{ 'if-match': 'W/"3"' }, 'failed'],
    [{ 'if-match': '"2"', 'if-none-match': '"3"' }, 'failed'],
    [{ 'if-match': '"3"', 'if-none-match': '"3"' }, 'not-modified'],
  ] as const)('with %j, what has the tag "3": %s', (conditions, outcome) => {
    expect(evaluateRead(conditions, '"3"')).toBe(outcome);
  });

  it('compares a weak tag weakly only', () => {
    expect(evaluateRead({ 'if-none-match': '"3"' }, 'W/"3"')).toBe('not-modified');
    expect(evaluateRead({ 'if-match': 'W/"3"' }, 'W/"3"')).toBe('failed');
  });
});
