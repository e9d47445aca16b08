import { describe, expect, it } from 'vitest';
import { installHint } from '../../generators/app/install-hints.ts';

describe('installHint', () => {
  it.each([
    ['npm error code ECONNREFUSED\nnpm error errno ECONNREFUSED', 'registry cannot be reached'],
    ['error: ConnectionRefused downloading package manifest fastify', 'registry cannot be reached'],
    [' ERR_PNPM_PEER_DEP_ISSUES  Unmet peer dependencies', 'do not fit together'],
    ['Error: ERR_PNPM_IGNORED_BUILDS\n Ignored build scripts: esbuild@0.28.2', 'was blocked'],
    ['npm error code ENOTFOUND\nnpm error network request to https://x failed', 'registry cannot'],
    ['npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device', 'disk is full'],
    ['npm error code EBADENGINE\nnpm error engine Unsupported engine', 'this version of Node.js'],
    [' ERR_PNPM_UNSUPPORTED_ENGINE  Unsupported environment', 'this version of Node.js'],
    ['npm error code ERESOLVE\nnpm error ERESOLVE could not resolve', 'do not fit together'],
    ['npm error install script of x was blocked', 'install script was blocked'],
    ['npm error code E401', 'refuses access'],
    ['npm error code EACCES', 'may not be written'],
  ])('explains %j', (output, hint) => {
    expect(installHint(output)).toContain(hint);
  });

  it('blames no engine that is only warned about', () => {
    const output = 'npm warn EBADENGINE Unsupported engine\nnpm error code ECONNREFUSED';

    expect(installHint(output)).toContain('registry cannot be reached');
  });

  it('knows no hint for anything else', () => {
    expect(installHint('npm error code ELIFECYCLE')).toBeUndefined();
  });
});
