import { once } from 'node:events';
import { watch } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { execa } from 'execa';
import { expect, it } from 'vitest';
import { IDENTITY } from '../../support/identity.ts';
import { OlderService } from '../../support/older-service.ts';
import { cli } from '../../support/run-cli.ts';

/** How long after the first change of the folder the run is killed, in milliseconds. */
const MOMENTS = [0, 60, 200, 800];

it.each(MOMENTS)(
  'leaves all, nothing, or what --abort restores when it is killed after %i ms',
  async (ms) => {
    const service = new OlderService();
    const before = [service.git('rev-parse', 'HEAD'), service.git('status', '--porcelain')];
    const running = execa(process.execPath, [cli, 'update', '--skip-install'], {
      cwd: service.directory,
      env: IDENTITY,
      stdin: 'ignore',
      reject: false,
    });
    const watcher = watch(service.directory);
    await Promise.race([once(watcher, 'change'), running]);
    watcher.close();
    await sleep(ms);
    running.kill('SIGKILL');
    await running;

    const again = await service.update();
    if (again.exitCode === 2) {
      expect(again.stderr).toContain('is not finished');
      expect(await service.update('--abort')).toMatchObject({ exitCode: 0 });
      expect([service.git('rev-parse', 'HEAD'), service.git('status', '--porcelain')]).toEqual(
        before,
      );
      expect(await service.update()).toMatchObject({ exitCode: 0 });
    }
    expect(await service.update('--check')).toMatchObject({ exitCode: 0 });
    expect(service.git('status', '--porcelain')).toBe('');
  },
);
