import type { SharedValues } from '../options/shared-options.ts';
import type { NextCommand } from './generator.ts';

/** What a finished run prints: what was not checked, the next commands, and how to repeat the run. */
export function nextStepsText(
  next: readonly NextCommand[],
  again: string,
  shared: SharedValues,
): string {
  return [
    '',
    ...unchecked(shared),
    'Next steps:',
    ...next.map(({ command, comment }) => `  ${command}${comment ? `    # ${comment}` : ''}`),
    '',
    `Repeat with: ${again}`,
  ].join('\n');
}

function unchecked({ skipInstall, skipCheck }: SharedValues): string[] {
  if (skipInstall) return ['The files are written; nothing was installed or checked.', ''];
  return skipCheck ? ['The checks were skipped.', ''] : [];
}
