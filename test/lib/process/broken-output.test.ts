import { spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { describe, expect, it } from 'vitest';
import { plantNpm } from '../../support/plant-program.ts';
import { cli } from '../../support/run-cli.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const FILES_ONLY = ['orders', '--yes', '--skip-install', '--no-git'];

/** Runs the create command with standard output on a full disk. */
function runOnFullDisk(cwd: string, args: readonly string[]) {
  const full = openSync('/dev/full', 'w');
  const run = spawnSync(process.execPath, [cli, ...args], {
    cwd,
    stdio: ['ignore', full, 'pipe'],
    encoding: 'utf8',
  });
  closeSync(full);
  return run;
}

describe.skipIf(!existsSync('/dev/full'))('output to a full disk', () => {
  it('ends the run in order, and leaves no files', () => {
    const cwd = temporaryFolder();
    const { status, stderr } = runOnFullDisk(cwd, FILES_ONLY);

    expect(status).toBe(130);
    expect(stderr).toContain('The output cannot be written: ENOSPC');
    expect(stderr).not.toContain('    at ');
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('is no success when only the report is lost', () => {
    const cwd = temporaryFolder();
    const { status, stderr } = runOnFullDisk(cwd, [...FILES_ONLY, '--json']);

    expect(status).toBe(130);
    expect(stderr).toContain('The output cannot be written: ENOSPC');
    expect(readdirSync(cwd)).toEqual(['orders']);
  });
});

function start(cwd: string, args: readonly string[], PATH = process.env.PATH) {
  const options = { cwd, env: { PATH }, stdin: 'ignore', reject: false } as const;
  return execa(process.execPath, [cli, ...args], options);
}

describe('output to a pipe without a reader', () => {
  it('ends the run without a stack, and leaves no files', async () => {
    const cwd = temporaryFolder();
    const run = start(cwd, FILES_ONLY);
    run.stdout.destroy();
    const { exitCode, stderr } = await run;

    expect(exitCode).toBe(130);
    expect(stderr).not.toContain('    at ');
    expect(readdirSync(cwd)).toEqual([]);
  });

  it('stops what the run started', async () => {
    const cwd = temporaryFolder();
    const PATH = plantNpm(`
      const fs = require('fs');
      process.on('SIGTERM', () => { fs.writeFileSync('../stopped', ''); process.exit() });
      fs.writeFileSync('../started', '');
      setInterval(() => {}, 1000);`);
    const run = start(cwd, ['orders', '--yes'], PATH);
    await expect.poll(() => existsSync(join(cwd, 'started'))).toBe(true);
    // Noticed when the run next says that it is still running.
    run.stdout.destroy();
    const { exitCode, stderr } = await run;

    expect(exitCode).toBe(130);
    expect(stderr).toContain(`The files stay in ${join(cwd, 'orders')}. Continue with: `);
    expect(existsSync(join(cwd, 'stopped'))).toBe(process.platform !== 'win32');
    expect(readdirSync(join(cwd, 'orders', '.clean-flask-ts')).toSorted()).toEqual([
      'run.json',
      'self-check.log',
    ]);
  });
});
