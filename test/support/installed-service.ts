import { linkSync, mkdirSync, readdirSync, readlinkSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, inject } from 'vitest';
import { runCli } from './run-cli.ts';

/** Makes a service with the packages of the run, unchecked. */
export async function makeInstalledService(
  cwd: string,
  name: string,
  ...options: string[]
): Promise<void> {
  const args = [name, '--yes', '--skip-install', '--no-git', ...options];
  const { exitCode, stderr } = await runCli(args, { cwd });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
  addPackages(join(cwd, name));
}

/** Gives a service the packages of the run, as hard links. */
export function addPackages(folder: string): void {
  linkFolder(inject('packages'), join(folder, 'node_modules'));
}

function linkFolder(from: string, to: string): void {
  mkdirSync(to);
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) linkFolder(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkSync(source, target);
  }
}
