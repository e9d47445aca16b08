import { relative } from 'node:path';
import type { Answers } from './answers.ts';

/** What can be typed after a run, from where it was started. */
export function nextCommands({ target, skipInstall }: Answers): string[] {
  return [
    `cd ${relative(process.cwd(), target) || '.'}`,
    ...(skipInstall ? ['npm ci'] : []),
    'npm run dev',
    'npm test',
  ];
}

/** What a person can type after a run, what was not proved, and the command that repeats the run. */
export function nextSteps(answers: Answers, again: string): string {
  const { prefix, port, skipInstall, skipCheck } = answers;
  const url = `http://localhost:${port}`;
  const endpoint = answers.example ? '/v1/todo' : '/health/live';
  return [
    '',
    ...unproved(skipInstall, skipCheck),
    'Next:',
    ...nextCommands(answers).map((command) =>
      command === 'npm run dev'
        ? `  ${command}    # ${url}${prefix}${endpoint} and ${url}${prefix}/docs`
        : `  ${command}`,
    ),
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
