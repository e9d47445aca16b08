/** Why a run ended; each reason has its own exit status. */
export const exitStatus = {
  unexpected: 1,
  usage: 2,
  conflict: 3,
  installFailed: 4,
  checkFailed: 5,
  mergeConflict: 6,
  updateExists: 10,
  interrupted: 130,
} as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];

/** What each exit status means. */
export const statusMeanings = [
  [0, 'done, and checked unless --skip-check or --skip-install was set'],
  [exitStatus.unexpected, 'unexpected error'],
  [
    exitStatus.usage,
    'an invalid option or directory, or a missing prerequisite; nothing was written',
  ],
  [
    exitStatus.conflict,
    'existing files differ, or another run uses the directory; nothing was written',
  ],
  [exitStatus.installFailed, 'files written, but the install failed'],
  [exitStatus.checkFailed, 'files written and dependencies installed, but the checks failed'],
  [
    exitStatus.mergeConflict,
    'files of yours conflict with the change; nothing was written unless asked for',
  ],
  [exitStatus.updateExists, 'update --check: an update exists'],
  [exitStatus.interrupted, 'interrupted, or the output could not be written'],
] as const;
