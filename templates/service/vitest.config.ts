import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['tests/**/*.test.ts'],
    globalSetup: ['tests/support/global-setup.ts'],
    setupFiles: ['tests/support/end-with-run.ts'],
    // Each file has a database of its own, so that files may run in parallel.
    pool: 'forks',
    maxWorkers: '100%',
    hookTimeout: 60_000,
    testTimeout: 30_000,
    restoreMocks: true,
  },
});
