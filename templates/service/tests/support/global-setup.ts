import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { bundle } from '../../esbuild.config.js';
import { startTestServer, type TestServerHandle } from '../../tools/test-database.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServerHandle;
    /** The folder of the bundled programs. */
    programs: string;
  }
}

/** Bundles the programs that tests start, and starts the database server of the run. */
export default async function setUp({ vitest }: TestProject): Promise<() => Promise<void>> {
  // Several projects share both: the first one prepares them.
  if ('testServer' in vitest.getProvidedContext()) return () => Promise.resolve();
  const programs = await bundlePrograms();
  const server = await startTestServer(process.env);
  console.log(`Test database: ${server.description}`);
  vitest.provide('testServer', server.handle);
  vitest.provide('programs', programs);
  return async () => {
    await Promise.all([server.stop(), rm(programs, { recursive: true })]);
  };
}

async function bundlePrograms(): Promise<string> {
  const cache = path.resolve('node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(path.join(cache, 'programs-'));
  await bundle(folder);
  return folder;
}
