import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { packageRoot } from '../../lib/package-root.ts';
import type { Tarball } from './local-registry.ts';
import { npm } from './npm-script.ts';

export const PACKAGE = 'create-clean-flask-ts';

/** An earlier version, packed and unpacked. */
export interface OlderPackage extends Tarball {
  /** Its program. */
  readonly cli: string;
}

/** Whether the history of this repository is there. */
export async function hasHistory(): Promise<boolean> {
  const { stdout, failed } = await git(['rev-parse', '--is-shallow-repository']);
  return !failed && stdout === 'false';
}

/**
 * Packs every earlier version as it was last, oldest first, from the history of this repository and
 * with the packages that are installed now.
 */
export async function packOlderVersions(folder: string): Promise<OlderPackage[]> {
  const packages: OlderPackage[] = [];
  for (const [version, commit] of await olderVersions()) {
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

/** Each earlier version with its last commit, oldest first. */
async function olderVersions(): Promise<(readonly [string, string])[]> {
  const { stdout } = await git(['log', '--first-parent', '--format=%H', '--', 'package.json']);
  const commits = stdout.split('\n');
  const versions = await Promise.all(commits.map(versionAt));
  return versions
    .flatMap((version, index) => {
      const newer = versions[index - 1];
      const first = commits[index - 1] ?? '';
      return newer === undefined || newer === version ? [] : [[version, `${first}^`] as const];
    })
    .toReversed();
}

async function versionAt(commit: string): Promise<string> {
  const { stdout } = await git(['show', `${commit}:package.json`]);
  const { version } = JSON.parse(stdout) as { version: string };
  return version;
}

function git(args: readonly string[]) {
  return execa('git', args, { cwd: packageRoot, reject: false });
}
