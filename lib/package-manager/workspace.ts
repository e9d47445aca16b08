import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { minimatch } from 'minimatch';
import { detect } from 'package-manager-detector/detect';
import { parse } from 'yaml';
import { exitStatus } from '../errors/exit-status.ts';
import { GeneratorError, messageOf } from '../errors/generator-error.ts';
import { isRecord, stringsIn } from '../json-record.ts';
import { type PackageManager, packageManagerNames, packageManagers } from './package-managers.ts';

const PNPM_FILE = 'pnpm-workspace.yaml';
const YARN_FILE = packageManagers.yarn.settings;

/** A monorepo of which a directory is one package. */
export interface Workspace {
  readonly root: string;
  /** What installs there; undefined while nothing says so. */
  readonly manager: PackageManager | undefined;
}

/**
 * The workspace whose patterns match a directory, which need not exist.
 *
 * @throws {GeneratorError} when a file that may hold them cannot be read
 */
export async function enclosingWorkspace(directory: string): Promise<Workspace | undefined> {
  let root = directory;
  while (root !== dirname(root)) {
    root = dirname(root);
    const path = relative(root, directory).replaceAll(sep, '/');
    const pnpm = patternsOf(readRecord(join(root, PNPM_FILE)).packages);
    if (matchesWorkspace(pnpm, path)) return { root, manager: 'pnpm' };
    const npm = patternsOf(readRecord(join(root, 'package.json')).workspaces);
    if (matchesWorkspace(npm, path)) return { root, manager: await managerOf(root) };
  }
  return undefined;
}

/**
 * The package manager for a package in a workspace: that of its root, else the chosen one.
 *
 * @throws {GeneratorError} when a different one was chosen
 */
export function workspaceManager(
  { root, manager }: Workspace,
  chosen: PackageManager | undefined,
): PackageManager | undefined {
  if (manager === undefined || chosen === undefined || chosen === manager) return manager ?? chosen;
  throw new GeneratorError(exitStatus.usage, {
    reason: `The workspace of ${root} is installed by ${manager}, not ${chosen}.`,
    hint: `Nothing was written. Use --package-manager ${manager}, or choose a directory outside the workspace.`,
  });
}

/**
 * Checks that a workspace installs packages where the tools of the service look for them.
 *
 * @throws {GeneratorError} when it does not
 */
export function checkLinker({ root }: Workspace, manager: PackageManager): void {
  if (manager !== 'yarn') return;
  const linkerIn = (directory: string) => readRecord(join(directory, YARN_FILE)).nodeLinker;
  const linker = process.env.YARN_NODE_LINKER ?? linkerIn(root) ?? linkerIn(homedir()) ?? 'pnp';
  if (linker !== 'pnp') return;
  throw new GeneratorError(exitStatus.usage, {
    reason: `The workspace of ${root} uses Yarn's Plug'n'Play, which installs no node_modules. Prisma and the test runner of the service need one.`,
    hint: `Nothing was written. Add "nodeLinker: node-modules" to ${join(root, YARN_FILE)}, choose a directory outside the workspace, or add --skip-install.`,
  });
}

/** What the user should know about a service in a workspace. */
export function workspaceNotes(
  { root }: Workspace,
  manager: PackageManager,
  features: readonly string[],
): string[] {
  const { lock } = packageManagers[manager];
  return [
    `The directory is in the workspace of ${root}: the service uses ${join(root, lock)} and the settings there, and gets none of its own. Commit that lock file after the install has updated it.`,
    'The service needs no install scripts. Disable them in the settings of the workspace, or Prisma downloads engines that the service does not use.',
    ...(features.length === 0
      ? []
      : [
          `The files for ${features.join(', ')} expect the service in a repository of its own: adapt them to the workspace.`,
        ]),
  ];
}

function readRecord(file: string): Readonly<Record<string, unknown>> {
  if (!existsSync(file)) return {};
  try {
    // JSON is YAML.
    const content: unknown = parse(readFileSync(file, 'utf8'));
    return isRecord(content) ? content : {};
  } catch (error) {
    const explanation = {
      reason: `Cannot read ${file}, which is needed to detect a workspace: ${messageOf(error)}`,
      hint: 'Nothing was written. Fix that file, or choose a directory that is not below it.',
    };
    throw new GeneratorError(exitStatus.usage, explanation, { cause: error });
  }
}

function patternsOf(value: unknown): string[] {
  return stringsIn(isRecord(value) ? value.packages : value);
}

// As npm reads them: a later pattern overrides an earlier one.
function matchesWorkspace(patterns: readonly string[], path: string): boolean {
  return patterns.reduce((matched, pattern) => {
    const [, not = '', glob = ''] = /^(!?)(?:\.\/)?(.*?)\/?$/.exec(pattern) ?? [];
    return minimatch(path, glob) ? not === '' : matched;
  }, false);
}

async function managerOf(root: string): Promise<PackageManager | undefined> {
  const found = await detect({
    cwd: root,
    stopDir: root,
    strategies: ['packageManager-field', 'devEngines-field', 'lockfile'],
  });
  return packageManagerNames.find((name) => name === found?.name);
}
