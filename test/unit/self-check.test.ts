import { describe, expect, it } from 'vitest';
import { testDatabase } from '../../generators/app/self-check.ts';

describe('testDatabase', () => {
  it('is what the test run names', () => {
    const output = '> vitest run\n\nTest database: PostgreSQL 18, embedded\n\n 3 passed\n';
    expect(testDatabase(output)).toBe('PostgreSQL 18, embedded');
  });

  it('has to be named', () => {
    expect(() => testDatabase('3 passed')).toThrow('without naming the database');
  });
});
