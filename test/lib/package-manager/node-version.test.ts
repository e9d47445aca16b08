import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { nodeVersionProblem } from '../../../lib/package-manager/node-version.ts';
import { packageRoot } from '../../../lib/package-root.ts';

describe('nodeVersionProblem', () => {
  it.each(['20.19.0', '20.20.2', '22.12.0', '22.23.3', '23.0.0', '24.0.0', '26.9.0'])(
    'accepts %s',
    (version) => {
      expect(nodeVersionProblem(version)).toBeUndefined();
    },
  );

  it.each(['14.21.3', '18.20.8', '20.18.9', '21.7.3', '22.11.0'])(
    'refuses %s in one line that says what is needed',
    (version) => {
      expect(nodeVersionProblem(version)).toBe(
        `Node.js 20.19, 22.12 or newer is needed, and this is ${version}. Install one from https://nodejs.org.`,
      );
    },
  );

  it('is what package.json says', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));

    expect(manifest).toMatchObject({ engines: { node: '^20.19 || >=22.12' } });
  });
});
