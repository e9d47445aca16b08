import { relative } from 'node:path';
import type { Answers } from './answers.ts';

/** What a person can type after a run, what was not proved, and the command that repeats the run. */
export function nextSteps(answers: Answers, again: string): string {
  const { target, prefix, port, skipInstall, skipCheck } = answers;
  const url = `http://localhost:${port}`;
  const endpoint = answers.example ? '/v1/todo' : '/health/live';
  return [
    '',
    ...unproved(skipInstall, skipCheck),
    'Next:',
    `  cd ${relative(process.cwd(), target) || '.'}`,
    ...(skipInstall ? ['  npm ci'] : []),
    `  npm run dev    # ${url}${prefix}${endpoint} and ${url}${prefix}/docs`,
    '  npm test',
    '',
    `Again: ${again}`,
  ].join('\n');
}

function unproved(skipInstall: boolean, skipCheck: boolean): string[] {
  if (skipInstall) {
    return ['Nothing was installed, and nothing was proved: the files are only written.', ''];
  }
  return skipCheck ? ['Nothing was proved: the self-check was skipped.', ''] : [];
}
