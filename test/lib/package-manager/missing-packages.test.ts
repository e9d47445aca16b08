import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  missingPackages,
  settingsThatLeaveOut,
} from '../../../lib/package-manager/missing-packages.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';

const MANIFEST = JSON.stringify({
  dependencies: { '@scope/a': '1.0.0', b: '1.0.0' },
  devDependencies: { c: '1.0.0' },
});

describe('missingPackages', () => {
  it('names what cannot be resolved', () => {
    const folder = temporaryFolder();
    writeFiles(folder, {
      'package.json': MANIFEST,
      'node_modules/b/package.json': '{}',
      // What a broken install leaves.
      'node_modules/c/index.js': '',
    });
    expect(missingPackages(folder)).toEqual(['@scope/a', 'c', 'node_modules/.bin']);
  });

  it('finds what a workspace installs further up', () => {
    const root = temporaryFolder();
    writeFiles(root, {
      'packages/x/package.json': MANIFEST,
      'node_modules/@scope/a/package.json': '{}',
      'node_modules/.bin/a': '',
      'packages/x/node_modules/b/package.json': '{}',
      'node_modules/c/package.json': '{}',
    });
    expect(missingPackages(join(root, 'packages/x'))).toEqual([]);
  });
});

describe('settingsThatLeaveOut', () => {
  it('names each setting and where it is', () => {
    const list = [
      '; "global" config from /etc/npmrc',
      '',
      'include = []',
      'omit = ["dev"] ',
      'omit-lockfile-registry-resolved = true',
      '; production = true ; overridden by user',
      '; "user" config from /home/me/.npmrc',
      'bin-links = false',
      'fund = false',
    ].join('\n');
    expect(settingsThatLeaveOut(list)).toEqual([
      'omit = ["dev"] (/etc/npmrc)',
      'bin-links = false (/home/me/.npmrc)',
    ]);
  });
});
