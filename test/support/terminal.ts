import { onTestFinished } from 'vitest';

/** Makes standard input a terminal, or not, until the end of the test. */
export function withTerminal(isTTY: boolean): void {
  const before = process.stdin.isTTY;
  process.stdin.isTTY = isTTY;
  onTestFinished(() => {
    process.stdin.isTTY = before;
  });
}
