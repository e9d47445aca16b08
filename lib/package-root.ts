import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of this package, whether it runs from its sources or from `dist`. */
export const packageRoot = findPackageRoot(import.meta.dirname);

/** The folder of the templates. */
export const templatesFolder = join(packageRoot, 'templates');

/** The version of this package. */
export const version = readVersion(join(packageRoot, 'package.json'));

function findPackageRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('The generator is not in a package');
  return findPackageRoot(parent);
}

function readVersion(file: string): string {
  const manifest: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (typeof manifest === 'object' && manifest !== null && 'version' in manifest) {
    return String(manifest.version);
  }
  throw new Error(`${file} names no version`);
}
