import { describe, expect, it } from 'vitest';
import { installHint } from '../../../lib/package-manager/install-hints.ts';

describe('installHint', () => {
  it.each([
    ['npm error code ECONNREFUSED\nnpm error errno ECONNREFUSED', 'Cannot reach the registry'],
    ['error: ConnectionRefused downloading package manifest fastify', 'Cannot reach the registry'],
    [' ERR_PNPM_PEER_DEP_ISSUES  Unmet peer dependencies', 'versions conflict'],
    ['Error: ERR_PNPM_IGNORED_BUILDS\n Ignored build scripts: esbuild@0.28.2', 'was blocked'],
    [
      'npm error code ENOTFOUND\nnpm error network request to https://x failed',
      'Cannot reach the registry',
    ],
    ['npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device', 'disk is full'],
    ['npm error code EBADENGINE\nnpm error engine Unsupported engine', 'engine-strict'],
    [' ERR_PNPM_UNSUPPORTED_ENGINE  Unsupported environment', 'engine-strict'],
    ['npm error code ERESOLVE\nnpm error ERESOLVE could not resolve', 'versions conflict'],
    ['npm error install script of x was blocked', 'install script was blocked'],
    ['npm error code E401', 'denied access'],
    ['npm error code EACCES', 'cannot be written'],
    ['npm error code EROFS\nnpm error rofs EROFS: read-only file system', 'package cache'],
    [
      'npm error code ETARGET\nnpm error notarget No matching version found for x@1.0.0 with a date before 11/20/2026.',
      'min-release-age',
    ],
    [' ERR_PNPM_NO_MATURE_MATCHING_VERSION  No matching version found', 'min-release-age'],
  ])('explains %j', (output, hint) => {
    expect(installHint(output)).toContain(hint);
  });

  it('blames no engine that is only warned about', () => {
    const output = 'npm warn EBADENGINE Unsupported engine\nnpm error code ECONNREFUSED';

    expect(installHint(output)).toContain('Cannot reach the registry');
  });

  it('knows no hint for anything else', () => {
    expect(installHint('npm error code ELIFECYCLE')).toBeUndefined();
  });
});
