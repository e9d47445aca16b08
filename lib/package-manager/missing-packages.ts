import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { isRecord, readJsonRecord } from '../json-record.ts';

// What makes npm install less than the manifest names, or without the commands of packages.
const LEAVES_OUT =
  /^(omit|only|production|dev|optional|dry-run|package-lock-only|global|location|bin-links) = /;

/** The dependencies of a package that cannot be resolved from its folder, and the folder of their commands. */
export function missingPackages(folder: string): string[] {
  const { dependencies, devDependencies } = readJsonRecord(join(folder, 'package.json'));
  const names = [dependencies, devDependencies].filter(isRecord).flatMap(Object.keys);
  const missing = names.filter((name) => !isInstalled(folder, join(name, 'package.json')));
  return isInstalled(folder, '.bin') ? missing : [...missing, 'node_modules/.bin'];
}

/** The settings in the output of `npm config list` that change what an install does, and their source. */
export function settingsThatLeaveOut(npmConfigList: string): string[] {
  let source = '';
  return npmConfigList.split('\n').flatMap((line) => {
    source = /^; ".*" config from (.*)$/.exec(line)?.[1] ?? source;
    return LEAVES_OUT.test(line) ? [`${line.trim()} (${source})`] : [];
  });
}

// As Node.js looks: in a workspace also further up.
function isInstalled(folder: string, path: string): boolean {
  if (existsSync(join(folder, 'node_modules', path))) return true;
  const parent = dirname(folder);
  return parent !== folder && isInstalled(parent, path);
}
