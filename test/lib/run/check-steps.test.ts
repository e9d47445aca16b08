import { describe, expect, it, vi } from 'vitest';
import { testDatabase, testProgress } from '../../../lib/run/check-steps.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';

describe('testDatabase', () => {
  it('is what the test run names', () => {
    const output = '> vitest run\n\nTest database: PostgreSQL 18, embedded\n\n 3 passed\n';
    expect(testDatabase(output)).toBe('PostgreSQL 18, embedded');
  });

  it('has to be named', () => {
    expect(() => testDatabase('3 passed')).toThrow('without naming the database');
  });
});

describe('testProgress', () => {
  it('counts the files that Vitest names', () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'tests/a.test.ts': '',
      'tests/x/b.test.ts': '',
      'tests/support/c.ts': '',
    });
    const progress = vi.fn<(text: string) => void>();
    const onLine = testProgress(folder, progress);
    for (const line of [
      ' RUN  v4.1.12 /service',
      'Test database: PostgreSQL 18, embedded',
      ' ✓ tests/a.test.ts (5 tests) 24ms',
      '   ✓ reads a file 300ms',
      ' ❯ |unit| tests/x/b.test.ts (2 tests | 1 failed) 3ms',
    ]) {
      onLine(line);
    }
    expect(progress.mock.calls).toEqual([['1 of 2 files'], ['2 of 2 files']]);
  });
});
