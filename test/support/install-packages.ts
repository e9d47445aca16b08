import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { runCli } from './run-cli.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The packages of a service, for services that tests make without installing them again. */
    packages: string;
  }
}

/** Installs the packages of a service once for all tests of the run. */
export default async function setUp({ vitest }: TestProject): Promise<(() => void) | undefined> {
  // Several projects share them: the first one installs them.
  if ('packages' in vitest.getProvidedContext()) return undefined;
  const cwd = mkdtempSync(join(tmpdir(), 'clean-flask-ts-'));
  const run = await runCli(['shop', '--yes', '--skip-check', '--no-git'], { cwd });
  if (run.exitCode !== 0) throw new Error(run.stderr);
  vitest.provide('packages', join(cwd, 'shop', 'node_modules'));
  return () => {
    rmSync(cwd, { recursive: true, force: true });
  };
}
