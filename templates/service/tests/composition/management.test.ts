import {
  afterAll,
  beforeAll,
  beforeEach,
  describe,
  expect,
  it,
  type MockInstance,
  vi,
} from 'vitest';
import { Environment } from '../../src/config.ts';
import { commands } from '../../src/management/commands.ts';
import { runManagement } from '../../src/management/run-management.ts';
import { useTestApp } from '../support/test-app.ts';
import { createTestDatabase, type TestDatabase } from '../support/test-database.ts';

let out: MockInstance<(...lines: unknown[]) => void>;
let err: MockInstance<(...lines: unknown[]) => void>;
beforeEach(() => {
  out = vi.spyOn(console, 'log').mockReturnValue();
  err = vi.spyOn(console, 'error').mockReturnValue();
});

const UNREACHABLE = { DATABASE_URL: 'postgresql://user:secret@127.0.0.1:1/nowhere' };

async function manage(args: string[], environment: NodeJS.ProcessEnv = UNREACHABLE) {
  const status = await runManagement(args, environment);
  const [stdout, stderr] = [out, err].map(({ mock }) => mock.calls.flat().join('\n'));
  out.mockClear();
  err.mockClear();
  return { status, stdout, stderr };
}
