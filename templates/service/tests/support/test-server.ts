import type { TestProject } from 'vitest/node';
import { startTestServer, type TestServerHandle } from '../../tools/test-database.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServerHandle;
  }
}

/** Starts the database server of the run. */
export default async function setUp({ vitest }: TestProject): Promise<() => Promise<void>> {
  // Several projects share it: the first one starts it.
  if ('testServer' in vitest.getProvidedContext()) return () => Promise.resolve();
  const server = await startTestServer(process.env);
  console.log(`Test database: ${server.description}`);
  vitest.provide('testServer', server.handle);
  return () => server.stop();
}
