import { execa } from 'execa';

/**
 * Sends a signal to a process and all that it started. On POSIX it must have been started detached,
 * so that it leads a process group of its own; on Windows any signal ends them.
 */
export async function signalTree(pid: number, signal: NodeJS.Signals): Promise<void> {
  if (process.platform === 'win32') {
    await execa('taskkill', ['/pid', String(pid), '/t', '/f'], { reject: false });
    return;
  }
  try {
    process.kill(-pid, signal);
  } catch (error) {
    // No process is left; macOS refuses signals to a group of which only zombies remain.
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code !== 'ESRCH' && error.code !== 'EPERM') throw error;
  }
}
