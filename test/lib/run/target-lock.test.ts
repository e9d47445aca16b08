import { existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { renderService } from '../../../generators/app/render-service.ts';
import { lockTarget, unlockTarget } from '../../../lib/run/target-lock.ts';
import { planFiles } from '../../../lib/files/plan.ts';
import { startPaused } from '../../support/pause.ts';
import { plantNpm } from '../../support/plant-program.ts';
import { cli, runCli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';
import { serviceAnswers } from '../../support/rendered.ts';

const TRIES = [1, 2, 3, 4, 5, 6, 7, 8];
const LOCK = '.clean-flask-ts/lock';

function args(port: number, onConflict = 'overwrite'): string[] {
  const quick = ['--yes', '--skip-install', '--no-git', '--on-conflict', onConflict];
  return ['orders', ...quick, '--port', String(port)];
}

/** The files of a service that a folder lacks or holds with other contents. */
function wrongFiles(cwd: string, port: number): string[] {
  const files = renderService(serviceAnswers({ name: 'orders', port }));
  const { created, changed, blocked } = planFiles(files, join(cwd, 'orders'));
  return [...created, ...changed, ...blocked].map(({ path }) => path);
}

/** The lock that a process would hold, as the only thing in a new folder. */
function plantLock(owner: readonly string[]): string {
  const orders = join(temporaryFolder(), 'orders');
  mkdirSync(join(orders, LOCK, owner.map(encodeURIComponent).join(',')), { recursive: true });
  return orders;
}

function thisHost(): string {
  const namespace = '/proc/self/ns/pid';
  return existsSync(namespace) ? `${hostname()} ${readlinkSync(namespace)}` : hostname();
}

describe('two runs at once', () => {
  it.each(TRIES)('one makes a new folder and the other is refused, try %d', async () => {
    const cwd = temporaryFolder();
    const ports = [7001, 7002];
    // A run that only starts when the other has ended finds files that differ.
    const runs = await Promise.all(ports.map((port) => runCli(args(port, 'stop'), { cwd })));

    expect(runs.map(({ exitCode }) => exitCode).toSorted()).toEqual([0, 3]);
    const [winner = 0] = ports.filter((_, index) => runs[index]?.exitCode === 0);
    expect(wrongFiles(cwd, winner)).toEqual([]);
    expect(readdirSync(cwd)).toEqual(['orders']);
    expect(existsSync(join(cwd, 'orders', '.clean-flask-ts'))).toBe(false);
  });

  it.each(['vitest.config.ts', 'package.json'])(
    'the second is refused while the first writes %s to a new folder',
    async (file) => {
      const cwd = temporaryFolder();
      const first = await startPaused(cwd, args(7001), file);
      const second = await runCli(args(7002), { cwd });

      expect(second).toMatchObject({
        exitCode: 3,
        stderr: expect.stringContaining(`Another run is using ${join(cwd, 'orders')}: process `),
      });
      expect(await first.finish()).toEqual({ exitCode: 0, stderr: '' });
      expect(wrongFiles(cwd, 7001)).toEqual([]);
      expect(readdirSync(cwd)).toEqual(['go', 'orders', 'pause.mjs', 'paused']);
    },
  );

  it('the second is refused while the first writes to an existing folder', async () => {
    const cwd = temporaryFolder();
    writeFiles(cwd, { 'orders/README.md': 'mine', 'orders/x': 'x' });
    const first = await startPaused(cwd, args(7001), 'vitest.config.ts');
    const second = await runCli(args(7002), { cwd });

    expect(second).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('Another run is using'),
    });
    expect(await first.finish()).toEqual({ exitCode: 0, stderr: '' });
    expect(wrongFiles(cwd, 7001)).toEqual([]);
    expect(readFileSync(join(cwd, 'orders', 'x'), 'utf8')).toBe('x');
    expect(existsSync(join(cwd, 'orders', '.clean-flask-ts'))).toBe(false);
  });

  it.each([
    ['resumes', ['orders', '--resume']],
    ['starts anew', ['orders', '--yes', '--skip-check', '--no-git']],
  ])('the second is refused when it %s while the first installs', async (_, second) => {
    const cwd = temporaryFolder();
    const PATH = plantNpm(`
      const fs = require('fs');
      fs.writeFileSync('../installing', '');
      setInterval(() => { if (fs.existsSync('../go')) process.exit(); }, 20);`);
    const first = execa(process.execPath, [cli, 'orders', '--yes', '--skip-check', '--no-git'], {
      cwd,
      env: { PATH },
      stdin: 'ignore',
      reject: false,
    });
    await expect.poll(() => existsSync(join(cwd, 'installing'))).toBe(true);

    expect(await runCli(second, { cwd, env: { PATH } })).toMatchObject({
      exitCode: 3,
      stderr: expect.stringContaining('Another run is using'),
    });
    writeFiles(cwd, { go: '' });
    expect((await first).exitCode).toBe(0);
    expect(readdirSync(join(cwd, 'orders', '.clean-flask-ts'))).toEqual(['self-check.log']);
  });

  it.skipIf(process.platform === 'win32')(
    'an interrupted one leaves what another made in the same new parent folder',
    async () => {
      const cwd = temporaryFolder();
      const first = await startPaused(cwd, ['x/y/orders', ...args(7001).slice(1)], 'package.json');
      const second = await runCli(['x/y/other', ...args(7002).slice(1)], { cwd });
      first.signal('SIGINT');

      expect(await first.finish()).toMatchObject({ exitCode: 130 });
      expect(second.exitCode).toBe(0);
      expect(readdirSync(join(cwd, 'x/y'))).toEqual(['other']);
    },
  );
});

describe('lockTarget', () => {
  it('takes over from a killed run, and removes what that staged', async () => {
    const cwd = temporaryFolder();
    const first = await startPaused(cwd, args(7001), 'vitest.config.ts');
    await first.kill();
    const staged = readdirSync(cwd).filter((name) => name.startsWith('.orders'));
    expect(staged).toEqual(['.orders.clean-flask-ts']);

    expect((await runCli(args(7002), { cwd })).exitCode).toBe(0);
    expect(wrongFiles(cwd, 7002)).toEqual([]);
    expect(readdirSync(cwd)).toEqual(['orders', 'pause.mjs', 'paused']);
  });

  it('lets only one of several runs take over', async () => {
    const cwd = temporaryFolder();
    const killed = await startPaused(cwd, args(7001), 'vitest.config.ts');
    await killed.kill();
    const runs = await Promise.all(
      [7002, 7003, 7004].map((port) => runCli(args(port, 'stop'), { cwd })),
    );

    expect(runs.map(({ exitCode }) => exitCode).toSorted()).toEqual([0, 3, 3]);
  });

  it('takes over from a process whose id is used again', () => {
    const orders = plantLock([String(process.pid), '1', thisHost(), 'id']);
    lockTarget(orders);
    unlockTarget(orders);

    expect(readdirSync(orders)).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')('tells another process with the id apart', () => {
    const orders = plantLock([String(process.ppid), '1', thisHost(), 'id']);
    lockTarget(orders);
    unlockTarget(orders);

    expect(readdirSync(orders)).toEqual([]);
  });

  it('says what to delete where it cannot tell whether the owner is alive', () => {
    const orders = plantLock(['1', '1', 'far-away pid:[1]', 'id']);

    expect(() => {
      lockTarget(orders);
    }).toThrow(
      expect.objectContaining({
        code: 3,
        reason: `Another run is using ${orders}: process 1 on far-away.`,
        hint: expect.stringContaining(`delete ${join(orders, LOCK)}.`),
      }),
    );
    expect(readdirSync(join(orders, '.clean-flask-ts'))).toEqual(['lock']);
  });

  it('removes the folders that it created when nothing was written', () => {
    const cwd = temporaryFolder();
    const target = join(cwd, 'x', 'y');
    lockTarget(target);
    expect(readdirSync(cwd)).toEqual(['x']);
    unlockTarget(target);

    expect(readdirSync(cwd)).toEqual([]);
    expect(process.listenerCount('SIGHUP')).toBe(0);
  });

  it.skipIf(process.platform === 'win32').each(['SIGINT', 'SIGTERM', 'SIGHUP'])(
    'leaves no lock when %s comes before anything is written',
    async (name) => {
      const cwd = temporaryFolder();
      writeFiles(cwd, {
        'preload.mjs': `
          import fs from 'node:fs';
          import { syncBuiltinESMExports } from 'node:module';
          const { renameSync } = fs;
          fs.renameSync = (from, to) => {
            renameSync(from, to);
            if (to.endsWith('lock')) process.kill(process.pid, '${name}');
          };
          syncBuiltinESMExports();`,
      });
      const { signal } = await execa(
        process.execPath,
        ['--import', './preload.mjs', cli, ...args(7001)],
        { cwd, stdin: 'ignore', reject: false },
      );

      expect(signal).toBe(name);
      expect(readdirSync(cwd)).toEqual(['preload.mjs']);
    },
  );
});
