import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { bundle } from '../../esbuild.config.js';

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the bundled programs. */
    programs: string;
  }
}

/** Bundles the programs that tests start. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const cache = path.resolve('node_modules/.cache');
  await mkdir(cache, { recursive: true });
  const folder = await mkdtemp(path.join(cache, 'programs-'));
  await bundle(folder);
  project.provide('programs', folder);
  return () => rm(folder, { recursive: true });
}
