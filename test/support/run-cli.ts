import { join } from 'node:path';
import { execa } from 'execa';
import { packageRoot } from '../../lib/package-root.ts';

export const cli = join(packageRoot, 'dist', 'create', 'cli.js');

const HANG_MS = 1_800_000;

/** Runs the built entry point of npm create without a terminal; notes are kept apart from errors. */
export async function runCli(
  args: readonly string[],
  options: { cwd: string; env?: Record<string, string> },
) {
  const { exitCode, stdout, stderr } = await execa(process.execPath, [cli, ...args], {
    timeout: HANG_MS,
    ...options,
    stdin: 'ignore',
    reject: false,
  });
  const lines = stderr.split('\n');
  const isNote = (line: string) => line.startsWith('Note: ');
  return {
    exitCode,
    stdout,
    stderr: lines.filter((line) => !isNote(line)).join('\n'),
    notes: lines.filter(isNote),
  };
}
