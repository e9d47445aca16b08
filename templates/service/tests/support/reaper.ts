import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const program = path.join(import.meta.dirname, 'reaper-process.mjs');

/** Something that a test run makes and that must not outlive it. */
export type Leftover =
  | { kind: 'container'; name: string }
  | { kind: 'databases'; url: string; namePrefix: string }
  | { kind: 'folder'; path: string };

/** Removes what a test run made, also when the run is interrupted, crashes or is killed. */
export interface Reaper {
  /** Notes what is about to be made. */
  note(leftover: Leftover): void;
  /**
   * Removes all that was noted.
   *
   * @throws when something could not be removed
   */
  reap(): Promise<void>;
}

/**
 * Starts a process that outlives this one: Vitest ends on a signal without waiting for a teardown,
 * and a process that is killed cannot clean up. It has a process group of its own, so that Ctrl-C
 * does not reach it, and begins when this end of its input is closed or gone.
 */
export function startReaper(): Reaper {
  const { execPath } = process;
  const child = spawn(execPath, [program], {
    detached: true,
    windowsHide: true,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const exited = once(child, 'exit');
  return {
    note: (leftover) => {
      child.stdin.write(`${Object.values(leftover).join('\t')}\n`);
    },
    reap: async () => {
      child.stdin.end();
      const [status] = (await exited) as unknown[];
      if (status !== 0) throw new Error('What the test run made could not be removed: see above');
    },
  };
}
