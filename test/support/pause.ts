import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, onTestFinished } from 'vitest';
import { cli } from './run-cli.ts';
import { writeFiles } from './write-files.ts';

/**
 * Starts the create command, which pauses when it is about to write a file of the given name, and
 * waits until it does so.
 */
export async function startPaused(cwd: string, args: readonly string[], file: string) {
  writeFiles(cwd, {
    'pause.mjs': `
      import fs from 'node:fs';
      import path from 'node:path';
      import { syncBuiltinESMExports } from 'node:module';
      const { writeFileSync } = fs;
      fs.writeFileSync = (...args) => {
        if (path.basename(String(args[0])) === ${JSON.stringify(file)}) {
          writeFileSync('paused', '');
          const cell = new Int32Array(new SharedArrayBuffer(4));
          while (!fs.existsSync('go')) Atomics.wait(cell, 0, 0, 20);
        }
        return writeFileSync(...args);
      };
      syncBuiltinESMExports();`,
  });
  const run = execa(process.execPath, ['--import', './pause.mjs', cli, ...args], {
    cwd,
    stdin: 'ignore',
    reject: false,
  });
  // A test that fails before it lets the run go on must not leave it behind.
  onTestFinished(() => {
    run.kill('SIGKILL');
  });
  await expect.poll(() => existsSync(join(cwd, 'paused'))).toBe(true);
  return {
    /** Kills it where it paused. */
    kill: async () => {
      run.kill('SIGKILL');
      await run;
    },
    /** Sends a signal, which it receives when it goes on. */
    signal: (name: NodeJS.Signals) => run.kill(name),
    /** Lets it come to its end. */
    finish: async () => {
      writeFiles(cwd, { go: '' });
      const { exitCode, stderr } = await run;
      return { exitCode, stderr };
    },
  };
}
