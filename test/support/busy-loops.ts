import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Six busy threads, which do not outlive the test that started them, however it ends. */
const PROGRAM = `
  const { Worker } = require('node:worker_threads');
  for (let loop = 0; loop < 6; loop++) new Worker('for (;;);', { eval: true });
  process.stdin.on('end', () => process.kill(process.pid, 'SIGKILL')).resume();`;

/** Keeps every core busy until the function that it gives is called. */
export function startBusyLoops(): () => Promise<void> {
  const child = spawn(process.execPath, ['-e', PROGRAM], { stdio: ['pipe', 'ignore', 'inherit'] });
  const exit = once(child, 'exit');
  return async () => {
    child.kill('SIGKILL');
    await exit;
  };
}
