import { expect, it } from 'vitest';
import { drainMilliseconds } from '../../../src/management/command.ts';

it('requests in flight have ended one poll and one longest request after the window was opened', () => {
  const drain = drainMilliseconds({
    maintenance: { pollMs: 500 },
    server: { handlerTimeoutMs: 2000 },
    database: { statementTimeoutMs: 30 },
  });

  expect(drain).toBe(2530);
});
