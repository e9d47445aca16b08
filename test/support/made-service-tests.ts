import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../lib/package-root.ts';

/** Tests of what a made service holds and its user does not change. They run as its own. */
const TESTS = join(packageRoot, 'test', 'made-service');

/** Adds these tests to those of a made service, and gives their files. */
export function addTests(folder: string): string[] {
  cpSync(TESTS, join(folder, 'tests'), { recursive: true });
  return readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `tests/${file.replaceAll('\\', '/')}`);
}
