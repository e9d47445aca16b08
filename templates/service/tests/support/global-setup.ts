import type { TestProject } from 'vitest/node';
import { chooseTestServer, type TestServerHandle } from './test-server.ts';

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServerHandle;
  }
}

/** Starts what the databases of this run live on, says what it is, and stops it after the run. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const server = await chooseTestServer(process.env);
  console.log(`Test database: ${server.description}`);
  project.provide('testServer', server.handle);
  return () => server.stop();
}
