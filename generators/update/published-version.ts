import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { execa } from 'execa';
import { RUN_DIRECTORY } from '../../lib/files/run-directory.ts';
import type { RenderedFile } from '../../lib/files/render-folder.ts';
import { STORE } from '../../lib/options/answers-file.ts';
import type { PackageManager } from '../../lib/package-manager/package-managers.ts';
import { childEnvironment } from '../../lib/process/child-environment.ts';
import type { ServiceAnswers } from '../app/view.ts';
import { DEFINITIONS } from '../resource/definition-file.ts';

const PACKAGE = 'create-clean-flask-ts';

/** What another version renders, or why it could not. */
export type Rendering = { readonly files: readonly RenderedFile[] } | { readonly problem: string };

/**
 * Renders a service by another version of this generator, from the answers and the resources that the
 * service stores. The version comes from the registry, into a temporary folder.
 *
 * @param directory of the service
 */
export async function renderByVersion(
  version: string,
  directory: string,
  { name, inWorkspace, packageManager }: ServiceAnswers,
): Promise<Rendering> {
  const folder = mkdtempSync(join(tmpdir(), 'clean-flask-ts-base-'));
  try {
    const installed = await install(`${PACKAGE}@${version}`, join(folder, 'package'), directory);
    if (installed !== undefined) return { problem: installed };
    const root = join(folder, 'work');
    const target = join(root, name);
    mkdirSync(target, { recursive: true });
    if (inWorkspace) makeWorkspace(root, packageManager);
    for (const entry of [STORE, DEFINITIONS].filter((each) => existsSync(join(directory, each)))) {
      cpSync(join(directory, entry), join(target, entry), { recursive: true });
    }
    const cli = join(folder, 'package', 'node_modules', PACKAGE, 'create', 'cli.js');
    const options = ['--yes', '--skip-install', '--no-git', '--on-conflict', 'overwrite'];
    const problem = await run(process.execPath, [cli, target, ...options], root);
    return problem === undefined ? { files: filesIn(target) } : { problem };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Installs a package into a new folder, with the settings for npm of a service. */
async function install(
  spec: string,
  folder: string,
  directory: string,
): Promise<string | undefined> {
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  const settings = join(directory, '.npmrc');
  if (existsSync(settings)) cpSync(settings, join(folder, '.npmrc'));
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  return run('npm', ['install', ...quiet, spec], folder);
}

/** Makes what a package manager takes for the root of a workspace. */
function makeWorkspace(root: string, manager: PackageManager): void {
  if (manager === 'pnpm') writeFileSync(join(root, 'pnpm-workspace.yaml'), 'packages: ["*"]\n');
  else writeFileSync(join(root, 'package.json'), '{ "private": true, "workspaces": ["*"] }');
}

/** Runs a program. Returns why it failed, if it did. */
async function run(
  program: string,
  args: readonly string[],
  cwd: string,
): Promise<string | undefined> {
  const env = childEnvironment(process.env);
  const options = { cwd, env, extendEnv: false, stdin: 'ignore', reject: false } as const;
  const { failed, stderr, shortMessage } = await execa(program, args, options);
  if (!failed) return undefined;
  const error = stderr.split('\n').find((line) => /^npm (error|ERR!) (?!code )\S/.test(line));
  return error ?? (stderr.trim().split('\n')[0] || shortMessage);
}

function filesIn(folder: string): RenderedFile[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !relative(folder, file).startsWith(RUN_DIRECTORY))
    .map((file) => ({
      path: relative(folder, file).replaceAll(sep, '/'),
      contents: readFileSync(file),
    }));
}
