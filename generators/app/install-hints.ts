// What npm, pnpm, yarn and bun print when an install fails, and what helps.
const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /ENOSPC|no space left/i,
    'The disk is full: make room, also where temporary files and the cache are.',
  ],
  [
    /ECONNREFUSED|ConnectionRefused|ECONNRESET|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|ERR_SOCKET_TIMEOUT|network request failed/i,
    'The registry cannot be reached: check the network, the proxy and the registry in .npmrc.',
  ],
  [/\bE40[13]\b|\b40[13] (Unauthorized|Forbidden)/i, 'The registry refuses access: log in to it.'],
  [
    /EBADENGINE|unsupported engine|is incompatible with this module|ERR_PNPM_UNSUPPORTED_ENGINE/i,
    'A package does not support this version of Node.js: use 20.19, 22.12 or newer.',
  ],
  [
    /ERESOLVE|peer dep|PEER_DEP_ISSUES|YN0060/i,
    'Versions of packages do not fit together: take back changes of package.json and the lock file.',
  ],
  [
    /install[- ]scripts?.*(blocked|not (yet )?covered|ignored)|ignored build scripts|EALLOWSCRIPTS/i,
    'An install script was blocked: the service needs none, so look which package was added.',
  ],
  [
    /EACCES|EPERM|permission denied/i,
    'A file may not be written: check whom the folder and the cache belong to.',
  ],
];

/** What helps against a failed install, by its output; undefined when that is not known. */
export function installHint(output: string): string | undefined {
  // An engine that is only warned about is not why it failed.
  const errors = output.replace(/^npm warn .*$/gim, '');
  return HINTS.find(([pattern]) => pattern.test(errors))?.[1];
}
