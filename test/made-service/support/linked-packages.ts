import { existsSync, readFileSync } from 'node:fs';
import { mkdir, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { serviceFolder } from './run-prisma.ts';

interface Manifest {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
}

const manifest = path.join(serviceFolder, 'package.json');

/** The folder of a package that the service names; in a workspace it may be further up. */
export function packageFolder(name: string): string {
  const folders = createRequire(manifest).resolve.paths(name) ?? [];
  const found = folders.map((parent) => path.join(parent, name)).find(existsSync);
  if (found === undefined) throw new Error(`The package ${name} is not installed`);
  return found;
}

/** Lets a folder elsewhere find the packages of the service. */
export async function linkPackages(folder: string): Promise<void> {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest;
  for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
    const link = path.join(folder, 'node_modules', name);
    await mkdir(path.dirname(link), { recursive: true });
    await symlink(packageFolder(name), link, 'junction');
  }
}
