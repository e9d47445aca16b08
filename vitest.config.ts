import { defineConfig } from 'vitest/config';

const HANG_MS = 1_800_000;
const MAIN_COMMAND = 'test/e2e/make-service.test.ts';

/** One file at a time: each installs and checks a service. */
const onRealServices = {
  pool: 'forks',
  maxWorkers: 1,
  testTimeout: HANG_MS,
  hookTimeout: HANG_MS,
  expect: { poll: { timeout: HANG_MS } },
} as const;

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{e2e,made-service}/**'],
          // yeoman-test changes the working directory, which a worker thread cannot.
          pool: 'forks',
          testTimeout: HANG_MS,
          hookTimeout: HANG_MS,
          expect: { poll: { timeout: HANG_MS } },
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'service',
          include: [MAIN_COMMAND],
          ...onRealServices,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: [MAIN_COMMAND],
          ...onRealServices,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
