// What npm, pnpm, Yarn and Bun print when an install fails, and what helps.
const HINTS: readonly (readonly [RegExp, string])[] = [
  [
    /ENOSPC|no space left/i,
    'The disk is full: free space, also where temporary files and the package cache are.',
  ],
  [
    /ECONNREFUSED|ConnectionRefused|ECONNRESET|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|ERR_SOCKET_TIMEOUT|network request failed/i,
    'Cannot reach the registry: check the network, the proxy and the registry in .npmrc.',
  ],
  [/\bE40[13]\b|\b40[13] (Unauthorized|Forbidden)/i, 'The registry denied access: log in to it.'],
  [
    /with a date before|min(imum)?-?release-?age|NO_MATURE_MATCHING_VERSION|minimumReleaseAge|npmMinimalAgeGate/i,
    'A version is younger than your settings allow (min-release-age or before in .npmrc): lower or remove the setting for this install.',
  ],
  [
    /EBADENGINE|unsupported engine|is incompatible with this module|ERR_PNPM_UNSUPPORTED_ENGINE/i,
    'A package does not name this version of Node.js as supported, and engine-strict makes that an error: remove engine-strict from .npmrc, or use the newest Node.js 22 or 24.',
  ],
  [
    /ERESOLVE|peer dep|PEER_DEP_ISSUES|YN0060/i,
    'Package versions conflict: revert changes of package.json and the lock file.',
  ],
  [
    /install[- ]scripts?.*(blocked|not (yet )?covered|ignored)|ignored build scripts|EALLOWSCRIPTS/i,
    'An install script was blocked: the service needs none, so check which package was added.',
  ],
  [
    /EACCES|EPERM|EROFS|permission denied|read-only file system/i,
    'A file cannot be written: check who owns the folder and the package cache (npm config get cache).',
  ],
];

/** What helps against a failed install, by its output; undefined when that is not known. */
export function installHint(output: string): string | undefined {
  // An engine that is only warned about is not why it failed.
  const errors = output.replace(/^npm warn .*$/gim, '');
  return HINTS.find(([pattern]) => pattern.test(errors))?.[1];
}
