import { readFile, rm, writeFile } from 'node:fs/promises';

/** Creates a lock file for this process; false if it exists. */
export async function claim(file: string): Promise<boolean> {
  try {
    await writeFile(file, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/**
 * The numbers in a lock file, of which the first is the process id; none if the process is no longer
 * running, in which case the file is removed.
 */
export async function readLock(file: string): Promise<number[]> {
  const numbers = await readNumbers(file);
  const [pid] = numbers;
  if (pid === undefined || isRunning(pid)) return numbers;
  await rm(file, { force: true });
  return [];
}

async function readNumbers(file: string): Promise<number[]> {
  try {
    const text = await readFile(file, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return []; // its process has just released it
    throw error;
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, 'EPERM'); // it is running, but belongs to another user
  }
}

/** Whether an error of Node.js has this code. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
