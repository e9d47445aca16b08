import { defineConfig } from 'vitest/config';

const HANG_MS = 600_000;

// Read by the PostgreSQL driver: no test depends on them.
for (const name of Object.keys(process.env)) {
  if (/^PG[A-Z]+$/.test(name)) Reflect.deleteProperty(process.env, name);
}

const globalSetup = ['tests/support/global-setup.ts'];

export default defineConfig({
  test: {
    pool: 'forks',
    maxWorkers: '100%',
    // Files of one worker share what they import: loading it again takes longer than most tests.
    isolate: false,
    restoreMocks: true,
    env: { NODE_ENV: 'test', NO_COLOR: '1' },
    // Limits for what hangs: a busy machine may be slow.
    testTimeout: HANG_MS,
    hookTimeout: HANG_MS,
    expect: { poll: { timeout: HANG_MS, interval: 20 } },
    projects: [
      { extends: true, test: { name: 'unit', include: ['tests/unit/**/*.test.ts'] } },
      {
        extends: true,
        test: { name: 'integration', include: ['tests/integration/**/*.test.ts'], globalSetup },
      },
      {
        extends: true,
        test: { name: 'process', include: ['tests/process/**/*.test.ts'], globalSetup },
      },
    ],
  },
});
