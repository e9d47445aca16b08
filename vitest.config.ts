import { defineConfig } from 'vitest/config';

const HANG_MS = 1_800_000;
const MAIN_COMMAND = 'test/e2e/make-service.test.ts';
/** They keep the whole machine busy, or count what runs in Docker. */
const SERIAL = 'test/e2e/{busy-machine,containers}.test.ts';

/** Limits for what hangs: a busy machine may be slow. */
const patiently = {
  // yeoman-test changes the working directory, which a worker thread cannot.
  pool: 'forks',
  testTimeout: HANG_MS,
  hookTimeout: HANG_MS,
  expect: { poll: { timeout: HANG_MS } },
} as const;

const globalSetup = ['test/support/install-packages.ts'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/{e2e,made-service}/**'],
          ...patiently,
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'service',
          include: [MAIN_COMMAND],
          ...patiently,
          // Next to the unit tests: an install leaves a core idle.
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          exclude: [MAIN_COMMAND, SERIAL],
          ...patiently,
          // Each file makes and checks services, which keeps two cores busy only in part.
          globalSetup,
          maxWorkers: 2,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'e2e-serial',
          include: [SERIAL],
          ...patiently,
          globalSetup,
          maxWorkers: 1,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
