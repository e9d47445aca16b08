import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { type Reaper, startReaper } from './reaper.ts';
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
    await useTemporaryFolder(reaper);
    const server = await chooseTestServer(process.env, reaper);
    console.log(`Test database: ${server.description}`);
    project.provide('testServer', server.handle);
  } catch (error) {
    await reaper.reap().catch(console.error); // what comes after must not hide what came first
    throw error;
  }
  return () => reaper.reap();
}

/** Lets everything temporary of this run lie in one folder, which does not outlive it. */
async function useTemporaryFolder(reaper: Reaper): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), 'test-run-'));
  reaper.note({ kind: 'folder', path: folder });
  for (const name of ['TMPDIR', 'TEMP', 'TMP']) process.env[name] = folder;
}
