import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { minimatch } from 'minimatch';
import { parse } from 'yaml';
import { read } from '../options/resolve.ts';
import { GeneratorError, messageOf } from '../errors/generator-error.ts';
import { exitStatus } from '../errors/exit-status.ts';
import type { Flags } from '../options/raw-options.ts';
import { isRecord, textsOf } from '../json-record.ts';
import { options } from '../../generators/app/options.ts';
import { type PackageManager, packageManagerNames, packageManagers } from './package-managers.ts';

const PNPM_FILE = 'pnpm-workspace.yaml';
const YARN_FILE = packageManagers.yarn.settings;

/** A monorepo of which a folder is one package. */
export interface Workspace {
  readonly root: string;
  /** What installs there; undefined while nothing says so. */
  readonly manager: PackageManager | undefined;
}

/**
 * The workspace whose patterns take a folder in, which need not exist yet.
 *
 * @throws {GeneratorError} when a file that may hold them cannot be read
 */
export function enclosingWorkspace(folder: string): Workspace | undefined {
  let root = folder;
  while (root !== dirname(root)) {
    root = dirname(root);
    const inside = relative(root, folder).replaceAll(sep, '/');
    const pnpm = patternsOf(readRecord(join(root, PNPM_FILE)).packages);
    if (takesIn(pnpm, inside)) return { root, manager: 'pnpm' };
    const manifest = readRecord(join(root, 'package.json'));
    if (takesIn(patternsOf(manifest.workspaces), inside)) {
      return { root, manager: managerOf(root, manifest.packageManager) };
    }
  }
  return undefined;
}

/**
 * Adds the package manager of the workspace around a folder to what was given.
 *
 * @throws {GeneratorError} when another was given
 */
export function withWorkspaceManager(folder: string, given: Flags): Flags {
  const workspace = enclosingWorkspace(folder);
  if (workspace?.manager === undefined) return given;
  const { root, manager } = workspace;
  const { name } = options.packageManager;
  const chosen = given.has(name) ? read(options.packageManager, given) : manager;
  if (chosen === manager) return new Map([...given, [name, manager]]);
  throw new GeneratorError(exitStatus.usage, {
    reason: `${folder} is in the workspace of ${root}, where ${manager} installs, not ${chosen}.`,
    hint: `Nothing was written. Give --${name} ${manager}, or choose a folder outside of the workspace.`,
  });
}

/**
 * Makes sure that a workspace installs packages where the tools of the service look for them.
 *
 * @throws {GeneratorError} when it does not
 */
export function checkLinker({ root }: Workspace, manager: PackageManager): void {
  if (manager !== 'yarn') return;
  const linkerIn = (folder: string) => readRecord(join(folder, YARN_FILE)).nodeLinker;
  const linker = process.env.YARN_NODE_LINKER ?? linkerIn(root) ?? linkerIn(homedir()) ?? 'pnp';
  if (linker !== 'pnp') return;
  throw new GeneratorError(exitStatus.usage, {
    reason: `The workspace of ${root} installs no node_modules (Yarn's Plug'n'Play), where Prisma and the test runner of the service look for packages.`,
    hint: `Nothing was written. Add "nodeLinker: node-modules" to ${join(root, YARN_FILE)}, choose a folder outside of the workspace, or add --skip-install.`,
  });
}

/** What a person has to know about a service that is made in a workspace. */
export function workspaceNotes(
  { root }: Workspace,
  manager: PackageManager,
  features: readonly string[],
): string[] {
  const { lock } = packageManagers[manager];
  return [
    `The folder is in the workspace of ${root}: ${join(root, lock)} and the settings there hold for the service, which gets none of its own. Commit that lock when the install has brought it up to date.`,
    'No dependency of the service needs its install script. Let the settings there turn such scripts off, or Prisma downloads what the service does not use.',
    ...(features.length === 0
      ? []
      : [
          `What was made for ${features.join(', ')} expects a repository of its own: adapt it to the workspace.`,
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
      reason: `${file} cannot be read, so that it is not known what holds for a service below it: ${messageOf(error)}`,
      hint: 'Nothing was written. Mend that file, or choose a folder that is not below it.',
    };
    throw new GeneratorError(exitStatus.usage, explanation, { cause: error });
  }
}

function patternsOf(value: unknown): string[] {
  return textsOf(isRecord(value) ? value.packages : value);
}

// As npm reads them: a later pattern takes back what an earlier one said.
function takesIn(patterns: readonly string[], path: string): boolean {
  return patterns.reduce((taken, pattern) => {
    const [, not = '', glob = ''] = /^(!?)(?:\.\/)?(.*?)\/?$/.exec(pattern) ?? [];
    return minimatch(path, glob) ? not === '' : taken;
  }, false);
}

function managerOf(root: string, pinned: unknown): PackageManager | undefined {
  const byName = packageManagerNames.find(
    (name) => typeof pinned === 'string' && pinned.startsWith(`${name}@`),
  );
  return (
    byName ?? packageManagerNames.find((name) => existsSync(join(root, packageManagers[name].lock)))
  );
}
