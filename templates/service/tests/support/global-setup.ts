import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { bundle } from '../../esbuild.config.js';
import { startTestServer, type TestServerHandle } from '../../tools/test-database.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServerHandle;
    /** The folder of the bundled programs, in process tests. */
    programs: string;
  }
}

/** Starts the database server of the run, and bundles the programs that process tests start. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const stopServer = await startServer(project);
  const removePrograms = project.name === 'process' ? await bundlePrograms(project) : undefined;
  return async () => {
    await removePrograms?.();
    await stopServer?.();
  };
}

async function startServer({ vitest }: TestProject): Promise<(() => Promise<void>) | undefined> {
  // Several projects share it: the first one starts it.
  if ('testServer' in vitest.getProvidedContext()) return undefined;
  const server = await startTestServer(process.env);
  console.log(`Test database: ${server.description}`);
  vitest.provide('testServer', server.handle);
  return () => server.stop();
}

async function bundlePrograms(project: TestProject): Promise<() => Promise<void>> {
  const cache = path.resolve('node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(path.join(cache, 'programs-'));
  await bundle(folder);
  project.provide('programs', folder);
  return () => rm(folder, { recursive: true });
}
