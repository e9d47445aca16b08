import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { execa, execaSync } from 'execa';
import { packageRoot } from '../../lib/package-root.ts';
import type { Tarball } from './local-registry.ts';
import { npm } from './npm-script.ts';

export const PACKAGE = 'create-clean-flask-ts';

/** An earlier version, packed and unpacked. */
export interface OlderPackage extends Tarball {
  /** Its program. */
  readonly cli: string;
}

/** The commit of each release, oldest first. */
export const RELEASES = {
  '0.1.0': 'ac27a6338bd2f832b01b96ec72c7dd1a45659ec4',
  '0.2.0': 'ee20ac8170017a37db85edeb1f63f6b1cc30e3fd',
  '0.3.0': 'a8dfbc841fac3cd668e80e25a58a5e6c3ad5b25f',
};

/** Whether the history of this repository reaches back to all of them. */
export function hasReleases(): boolean {
  return Object.values(RELEASES).every((commit) => {
    const found = execaSync('git', ['cat-file', '-e', commit], { cwd: packageRoot, reject: false });
    return !found.failed;
  });
}

/**
 * Packs every earlier version, oldest first, from the history of this repository and with the packages
 * that are installed now.
 */
export async function packOlderVersions(folder: string): Promise<OlderPackage[]> {
  const packages: OlderPackage[] = [];
  for (const [version, commit] of Object.entries(RELEASES)) {
    const clone = join(folder, version);
    mkdirSync(folder, { recursive: true });
    await execa('git', ['clone', '--quiet', '--no-checkout', packageRoot, clone]);
    await execa('git', ['checkout', '--quiet', commit], { cwd: clone });
    symlinkSync(join(packageRoot, 'node_modules'), join(clone, 'node_modules'), 'junction');
    await npm(clone, 'run', 'build');
    await npm(clone, 'run', 'pack:all');
    const packed = join(clone, 'dist', 'packages');
    const cli = join(packed, PACKAGE, 'create', 'cli.js');
    packages.push({ version, file: join(packed, `${PACKAGE}-${version}.tgz`), cli });
  }
  return packages;
}
