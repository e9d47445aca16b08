/** Why a run ended; each has its own exit status. */
export const exitStatus = {
  unexpected: 1,
  usage: 2,
  conflict: 3,
  installFailed: 4,
  checkFailed: 5,
  interrupted: 130,
} as const;

export type ExitStatus = (typeof exitStatus)[keyof typeof exitStatus];
