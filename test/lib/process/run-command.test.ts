import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exitStatus } from '../../../lib/errors/exit-status.ts';
import { withInterrupts } from '../../../lib/process/interrupts.ts';
import { runCommand } from '../../../lib/process/run-command.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';

function workplace(signal = new AbortController().signal) {
  const folder = temporaryFolder();
  return { folder, log: join(folder, 'log'), signal };
}

describe('runCommand', () => {
  it('gives the output, and adds it to the log', async () => {
    const place = workplace();
    writeFiles(place.folder, { log: 'before\n' });
    const script = 'console.log(process.cwd()); console.error(process.env.NODE_ENV)';
    const result = await runCommand(process.execPath, ['-e', script], place);
    expect(result).toMatchObject({ failed: false, output: `${place.folder}\nundefined` });
    const log = readFileSync(place.log, 'utf8').split('\n');
    expect(log.slice(0, 2)).toEqual(['before', '']);
    expect(log.slice(3).toSorted()).toEqual(['', place.folder, 'undefined']);
  });

  it('says why the log cannot be written, and how the command ended', async () => {
    const place = workplace();
    writeFiles(place.folder, { 'log/a-file': '' });
    const result = await runCommand(process.execPath, ['-e', 'process.exit(3)'], place);
    expect(result).toMatchObject({
      failed: true,
      reason: expect.stringMatching(/^Command failed with exit code 3: /),
      logError: expect.stringMatching(/^EISDIR: /),
    });
  });

  it('says how a command failed', async () => {
    const result = await runCommand(process.execPath, ['-e', 'process.exit(3)'], workplace());
    expect(result).toMatchObject({
      failed: true,
      reason: expect.stringMatching(/^Command failed with exit code 3: /),
    });
  });

  it('says that there is no such command', async () => {
    // By its path, because a search may end at a folder that this user may not read.
    const command = join(temporaryFolder(), 'no-such-command');
    const result = await runCommand(command, [], workplace());
    expect(result).toMatchObject({ failed: true, reason: expect.stringContaining('ENOENT') });
  });

  it('gives no input', async () => {
    const script = 'process.stdin.on("end", () => console.log("end")).resume()';
    const result = await runCommand(process.execPath, ['-e', script], workplace());
    expect(result.output).toBe('end');
  });

  it('stops what the command started when a signal comes', async () => {
    const heartbeat = join(temporaryFolder(), 'heartbeat');
    const beat = `fs.appendFileSync(${JSON.stringify(heartbeat)}, '.')`;
    const grandchild = `const fs = require('fs'); setInterval(() => ${beat}, 20)`;
    const spawned = `[process.execPath, ['-e', ${JSON.stringify(grandchild)}], { stdio: 'ignore' }]`;
    const child = `require('child_process').spawn(...${spawned}); setInterval(() => {}, 1000)`;
    const run = withInterrupts('The hint.', (signal) =>
      runCommand(process.execPath, ['-e', child], { ...workplace(), signal }),
    );
    await expect.poll(() => beats(heartbeat)).toBeGreaterThan(0);
    process.emit('SIGINT');
    await expect(run).rejects.toMatchObject({ code: exitStatus.interrupted, hint: 'The hint.' });
    const atTheEnd = beats(heartbeat);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(beats(heartbeat)).toBe(atTheEnd);
    expect(process.listenerCount('SIGHUP')).toBe(0);
  });
});

function beats(file: string): number {
  return existsSync(file) ? readFileSync(file).length : 0;
}
