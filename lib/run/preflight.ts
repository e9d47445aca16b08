import { accessSync, constants, existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import net from 'node:net';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { read } from '../options/resolve.ts';
import { childEnvironment } from '../process/child-environment.ts';
import { GeneratorError } from '../errors/generator-error.ts';
import { exitStatus } from '../errors/exit-status.ts';
import type { Flags } from '../options/raw-options.ts';
import { readJsonRecord } from '../json-record.ts';
import { options } from '../../generators/app/options.ts';
import { type PackageManager, packageManagers } from '../package-manager/package-managers.ts';

const NPM_REGISTRY = 'https://registry.npmjs.org/';
const YARN_REGISTRY = 'https://registry.yarnpkg.com/';
const PATIENCE_MS = 2000;

/**
 * Looks before the first question whether what a run needs is there.
 *
 * @returns what is missing and not needed, each with what follows from it
 * @throws {GeneratorError} when something is missing that is needed
 */
export async function preflight(flags: Flags): Promise<string[]> {
  const installs = !read(options.skipInstall, flags);
  const tests = installs && !read(options.skipCheck, flags);
  if (flags.has(options.packageManager.name)) checkManager(flags);
  const [registry, docker] = await Promise.all([
    installs ? noteRegistry(read(options.packageManager, flags)) : undefined,
    tests ? noteDocker() : undefined,
  ]);
  const git = read(options.git, flags) ? noteGit() : undefined;
  return [registry, docker, git].filter((note) => note !== undefined);
}

/**
 * Looks whether the package manager that was decided on is there.
 *
 * @throws {GeneratorError} when it is needed and absent or too old
 */
export function checkManager(flags: Flags): void {
  if (read(options.skipInstall, flags)) return;
  const manager = read(options.packageManager, flags);
  const program = findProgram(manager);
  if (program !== undefined) {
    refuseOldManager(manager, versionBeside(program, packageManagers[manager].packages));
    return;
  }
  throw new GeneratorError(exitStatus.usage, {
    reason: `${manager} was not found, and it is needed to install the service.`,
    hint: `Nothing was written. ${setUpHint(manager)}, or add --skip-install.`,
  });
}

function refuseOldManager(manager: PackageManager, version: string | undefined): void {
  const { oldest } = packageManagers[manager];
  if (version === undefined || Number.parseInt(version, 10) >= oldest) return;
  throw new GeneratorError(exitStatus.usage, {
    reason: `${manager} ${oldest} or newer is needed to install the service, and this is ${version}.`,
    hint: `Nothing was written. ${setUpHint(manager)}, or add --skip-install.`,
  });
}

function setUpHint(manager: PackageManager): string {
  const { setUp = `npm install --global ${manager}` } = packageManagers[manager];
  return `Install it, for example by ${setUp}`;
}

function noteGit(): string | undefined {
  return findProgram('git') ? undefined : 'git was not found: no repository will be made.';
}

async function noteRegistry(manager: PackageManager): Promise<string | undefined> {
  // Through a proxy only the package manager knows the way.
  const registry = manager === 'yarn' ? yarnRegistryUrl() : registryUrl();
  if (hasProxy() || !URL.canParse(registry)) return undefined;
  const { protocol, hostname, port } = new URL(registry);
  const reachable = await connects({
    host: hostname,
    port: Number(port) || (protocol === 'http:' ? 80 : 443),
  });
  return reachable
    ? undefined
    : `The registry ${registry} cannot be reached: only what is cached can be installed.`;
}

async function noteDocker(): Promise<string | undefined> {
  const reachable = await connects(dockerAddress());
  return reachable
    ? undefined
    : 'Docker cannot be reached: the tests will run on the embedded PostgreSQL.';
}

/** The file that a program's name stands for, looked for as a shell does; running it takes longer. */
function findProgram(name: string): string | undefined {
  const { PATH = '', Path = PATH } = childEnvironment(process.env);
  const extensions = process.platform === 'win32' ? ['.cmd', '.exe', '.bat'] : [''];
  return Path.split(delimiter)
    .flatMap((folder) => extensions.map((extension) => join(folder, name + extension)))
    .find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false; // as a shell passes over it
  }
}

/** The version in the manifest of the package that a program is in; undefined when that is not known. */
function versionBeside(program: string, packages: readonly string[]): string | undefined {
  const folder = dirname(realpathSync(program));
  const manifests = [
    join(folder, '..'),
    ...packages.map((name) => join(folder, 'node_modules', name)),
  ]
    .map((parent) => join(parent, 'package.json'))
    .filter((file) => existsSync(file))
    .map(readJsonRecord);
  // Beside a launcher such as Corepack stands a manifest that tells nothing.
  const own = manifests.find(({ name }) => typeof name === 'string' && packages.includes(name));
  return typeof own?.version === 'string' ? own.version : undefined;
}

function hasProxy(): boolean {
  return ['https_proxy', 'http_proxy', 'npm_config_https_proxy', 'npm_config_proxy'].some(
    (name) => process.env[name] ?? process.env[name.toUpperCase()],
  );
}

/** The registry that npm, pnpm and bun are configured with, where that is said plainly. */
function registryUrl(): string {
  const file = process.env.npm_config_userconfig ?? join(homedir(), '.npmrc');
  const configured = setting(file, /^\s*registry\s*=\s*(\S+)/m);
  return process.env.npm_config_registry ?? configured ?? NPM_REGISTRY;
}

function yarnRegistryUrl(): string {
  const configured = setting(
    join(homedir(), packageManagers.yarn.settings),
    /^npmRegistryServer:\s*["']?([^\s"']+)/m,
  );
  return process.env.YARN_NPM_REGISTRY_SERVER ?? configured ?? YARN_REGISTRY;
}

function setting(file: string, pattern: RegExp): string | undefined {
  return existsSync(file) ? pattern.exec(readFileSync(file, 'utf8'))?.[1] : undefined;
}

function dockerAddress(): net.NetConnectOpts {
  const host = process.env.DOCKER_HOST ?? '';
  if (URL.canParse(host) && host.startsWith('tcp:')) {
    const { hostname, port } = new URL(host);
    return { host: hostname, port: Number(port) };
  }
  const socket = process.platform === 'win32' ? '//./pipe/docker_engine' : '/var/run/docker.sock';
  return { path: host.replace(/^(unix|npipe):\/\//, '') || socket };
}

function connects(address: net.NetConnectOpts): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect({ ...address, timeout: PATIENCE_MS });
    const end = (result: boolean) => () => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', end(true));
    socket.once('error', end(false));
    socket.once('timeout', end(false));
  });
}
