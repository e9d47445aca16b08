import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { renderService } from '../../../generators/app/render-service.ts';
import { lockTarget, unlockTarget } from '../../../lib/run/target-lock.ts';
import { writeFiles } from '../../../lib/files/write.ts';
import { cli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles as plant } from '../../support/write-files.ts';
import { serviceAnswers } from '../../support/rendered.ts';

const MOMENTS = [1, 2, 60, 100];
const neverAborted = new AbortController().signal;
const rendered = renderService(serviceAnswers({ name: 'orders' }));

/** Everything in a folder, by path; a folder has no contents. */
function contentsOf(folder: string): Record<string, string | null> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).map((entry) => {
    const path = join(entry.parentPath, entry.name);
    const contents = entry.isFile() ? readFileSync(path, 'utf8') : null;
    return [path.slice(folder.length + 1).replaceAll('\\', '/'), contents] as const;
  });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Runs npm create; at the given write to the disk something happens. */
async function runUntil(cwd: string, write: number, event: string) {
  plant(cwd, {
    'preload.mjs': `
      import fs from 'node:fs';
      import { syncBuiltinESMExports } from 'node:module';
      const { writeFileSync } = fs;
      let writes = 0;
      fs.writeFileSync = (...args) => {
        writes += 1;
        if (writes === ${write}) { ${event} }
        return writeFileSync(...args);
      };
      syncBuiltinESMExports();`,
  });
  const flags = ['orders', '--yes', '--skip-install', '--no-git', '--on-conflict', 'overwrite'];
  const { exitCode, signal, stderr } = await execa(
    process.execPath,
    ['--import', './preload.mjs', cli, ...flags],
    { cwd, stdin: 'ignore', reject: false },
  );
  return { exitCode, signal, stderr };
}

const KILL = `process.kill(process.pid, 'SIGKILL');`;
const interrupt = (name: string) => `process.kill(process.pid, '${name}');`;
const FULL = `throw Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });`;

describe('writing into a new folder', () => {
  it.each(MOMENTS)('leaves none when the disk is full at write %d', async (write) => {
    const cwd = temporaryFolder();
    const { exitCode, stderr } = await runUntil(cwd, write, FULL);

    expect(exitCode).toBe(2);
    expect(stderr).toContain(': ENOSPC: no space left');
    expect(readdirSync(cwd)).toEqual(['preload.mjs']);
  });

  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'])(
    'leaves none when %s comes',
    async (name) => {
      const cwd = temporaryFolder();
      const { exitCode, stderr } = await runUntil(cwd, 60, interrupt(name));

      expect(exitCode).toBe(130);
      expect(stderr).toContain('Interrupted.\n\nWhat was written is rolled back.');
      expect(readdirSync(cwd)).toEqual(['preload.mjs']);
    },
  );

  it.skipIf(process.platform === 'win32').each(MOMENTS)(
    'leaves none when the process is killed at write %d, and the next run is complete',
    async (write) => {
      const cwd = temporaryFolder();
      const { signal } = await runUntil(cwd, write, KILL);
      expect(signal).toBe('SIGKILL');
      expect(readdirSync(cwd)).not.toContain('orders');

      expect((await runUntil(cwd, 0, '')).exitCode).toBe(0);
      expect(readdirSync(cwd)).toEqual(['orders', 'preload.mjs']);
    },
  );

  it('leaves alone what others keep beside it, under whatever name', async () => {
    const cwd = temporaryFolder();
    plant(cwd, { '.orders.partial/x': 'mine' });
    const files = [{ path: 'a', contents: Buffer.from('') }];
    await writeFiles(join(cwd, 'orders'), { files, removed: [] }, neverAborted);

    expect(contentsOf(cwd)).toMatchObject({ '.orders.partial/x': 'mine', 'orders/a': '' });
  });

  it('says that another program created it meanwhile, and leaves that alone', async () => {
    const cwd = temporaryFolder();
    const orders = join(cwd, 'orders');
    lockTarget(orders);
    const writing = writeFiles(orders, { files: rendered, removed: [] }, neverAborted);
    plant(cwd, { 'orders/x': 'mine' });

    await expect(writing).rejects.toMatchObject({
      code: 3,
      reason: expect.stringContaining('was created by another program'),
    });
    unlockTarget(orders);
    expect(contentsOf(cwd)).toEqual({ orders: null, 'orders/x': 'mine' });
  });
});

describe('writing into a folder that was there', () => {
  const mine = { 'orders/README.md': 'mine', 'orders/src/config.ts': 'mine too', 'orders/x': 'x' };

  it.each(MOMENTS)('restores it when the disk is full at write %d', async (write) => {
    const cwd = temporaryFolder();
    plant(cwd, mine);
    const before = contentsOf(join(cwd, 'orders'));

    expect((await runUntil(cwd, write, FULL)).exitCode).toBe(2);
    expect(contentsOf(join(cwd, 'orders'))).toEqual(before);
  });

  it.skipIf(process.platform === 'win32').each(MOMENTS)(
    'restores it when it is interrupted at write %d',
    async (write) => {
      const cwd = temporaryFolder();
      plant(cwd, mine);
      const before = contentsOf(join(cwd, 'orders'));

      expect((await runUntil(cwd, write, interrupt('SIGINT'))).exitCode).toBe(130);
      expect(contentsOf(join(cwd, 'orders'))).toEqual(before);
    },
  );

  it.skipIf(process.platform === 'win32').each(MOMENTS)(
    'the next run restores it first when the process is killed at write %d',
    async (write) => {
      const cwd = temporaryFolder();
      plant(cwd, mine);
      const before = contentsOf(join(cwd, 'orders'));
      expect((await runUntil(cwd, write, KILL)).signal).toBe('SIGKILL');

      // This run fails before it has written anything of its own.
      expect((await runUntil(cwd, 1, FULL)).exitCode).toBe(2);
      expect(contentsOf(join(cwd, 'orders'))).toEqual(before);
    },
  );

  it('keeps what is not its own, and leaves no traces', async () => {
    const folder = join(temporaryFolder(), 'orders');
    mkdirSync(folder);
    plant(folder, { x: 'x' });
    await writeFiles(folder, { files: rendered, removed: [] }, neverAborted);

    const written = contentsOf(folder);
    expect(written.x).toBe('x');
    expect(Object.entries(written).filter(([, contents]) => contents !== null)).toHaveLength(
      rendered.length + 1,
    );
    expect(Object.keys(written)).not.toContain('.clean-flask-ts');
  });
});
