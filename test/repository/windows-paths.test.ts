import { mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { parseDirectory } from '../../generators/app/parse-project.ts';
import { planFiles } from '../../lib/files/plan.ts';
import { writeFiles } from '../../lib/files/write.ts';
import { enclosingWorkspace } from '../../lib/package-manager/workspace.ts';
import { lockTarget, unlockTarget } from '../../lib/run/target-lock.ts';
import { renderedText } from '../support/rendered.ts';
import { writeFiles as plantFiles } from '../support/write-files.ts';

const drive = vi.hoisted(() => {
  // What is imported is replaced below.
  const { tmpdir } = process.getBuiltinModule('node:os');
  return `${tmpdir()}/clean-flask-ts-windows-${process.pid}`;
});
vi.mock('node:path', async () => (await import('../support/windows-paths.ts')).windowsPath);
vi.mock('node:fs', async (importOriginal) => {
  const { withWindowsPaths } = await import('../support/windows-paths.ts');
  return withWindowsPaths(await importOriginal<object>(), drive);
});

const SHOP = 'C:\\projects\\shop';

// Windows needs no imitation: all other tests run with its paths.
describe.skipIf(process.platform === 'win32')('with the paths of Windows', () => {
  const files = [...renderedText()].map(([path, text]) => ({ path, contents: Buffer.from(text) }));

  beforeEach(() => {
    mkdirSync('C:\\');
  });
  afterEach(() => {
    rmSync('C:\\', { recursive: true });
  });

  it('the paths of rendered files have forward slashes', () => {
    expect(files.length).toBeGreaterThan(100);
    expect(files.filter(({ path }) => path.includes('\\'))).toEqual([]);
  });

  it('the target directory may be typed with either slash, and its drive is no obstacle', () => {
    expect(parseDirectory(SHOP)).toEqual({ value: SHOP });
    expect(parseDirectory('C:/projects/shop')).toEqual({ value: 'C:/projects/shop' });
    expect(parseDirectory('C:\\projects#1\\shop')).toHaveProperty('problem');
    expect(parseDirectory('C:\\projects\\con')).toHaveProperty('problem');
  });

  it('a new directory is locked and written', async () => {
    const plan = planFiles(files, SHOP);
    expect(plan.created).toHaveLength(files.length);

    lockTarget(SHOP);
    await writeFiles(SHOP, { files: plan.created, removed: [] }, new AbortController().signal);
    unlockTarget(SHOP);

    expect(readdirSync('C:\\projects')).toEqual(['shop']);
    expect(planFiles(files, SHOP).left).toHaveLength(files.length);
  });

  it('a stopped run leaves an existing directory as it was', async () => {
    plantFiles(SHOP, { 'README.md': 'mine' });
    const stop = new AbortController();
    const writing = writeFiles(SHOP, { files, removed: [] }, stop.signal);
    // One turn of the event loop for each file.
    for (let file = 0; file < files.length / 2; file++) await setImmediate();
    expect(readdirSync(SHOP)).toContain('docs');
    stop.abort(new Error('stopped'));

    await expect(writing).rejects.toThrow('stopped');
    expect(readdirSync(SHOP)).toEqual(['README.md']);
    expect(readFileSync(`${SHOP}\\README.md`, 'utf8')).toBe('mine');
  });

  it('a workspace knows its packages', async () => {
    plantFiles('C:\\mono', { 'pnpm-workspace.yaml': 'packages: ["packages/*"]' });

    expect(await enclosingWorkspace('C:\\mono\\packages\\shop')).toEqual({
      root: 'C:\\mono',
      manager: 'pnpm',
    });
    expect(await enclosingWorkspace('C:\\mono\\other\\shop')).toBeUndefined();
  });
});
