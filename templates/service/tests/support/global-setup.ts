import type { TestProject } from 'vitest/node';
import { startReaper } from './reaper.ts';
import { chooseTestServer, type TestServerHandle } from './test-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServerHandle;
  }
}

/** Starts what the databases of this run live on, says what it is, and removes it after the run. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const reaper = startReaper();
  try {
    const server = await chooseTestServer(process.env, reaper);
    console.log(`Test database: ${server.description}`);
    project.provide('testServer', server.handle);
  } catch (error) {
    await reaper.reap();
    throw error;
  }
  return () => reaper.reap();
}
