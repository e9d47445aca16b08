import { accessSync, constants, existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import net from 'node:net';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { read } from './answers.ts';
import { childEnvironment } from './child-environment.ts';
import { GeneratorError } from './errors.ts';
import { exitStatus } from './exit-status.ts';
import type { Flags } from './flags.ts';
import { readJsonRecord } from './json.ts';
import { options, type PackageManager } from './options.ts';

const DEFAULT_REGISTRY = 'https://registry.npmjs.org/';
const PATIENCE_MS = 2000;
/** The oldest major version that reads the lock file which ships. */
const OLDEST: Readonly<Record<PackageManager, number>> = { npm: 9 };

/**
 * Looks before the first question whether what a run needs is there.
 *
 * @returns what is missing and not needed, each with what follows from it
 * @throws {GeneratorError} when something is missing that is needed
 */
export async function preflight(flags: Flags): Promise<string[]> {
  const installs = !read(options.skipInstall, flags);
  const tests = installs && !read(options.skipCheck, flags);
  if (installs) checkManager(read(options.packageManager, flags));
  const [registry, docker] = await Promise.all([
    installs ? noteRegistry() : undefined,
    tests ? noteDocker() : undefined,
  ]);
  const git = read(options.git, flags) ? noteGit() : undefined;
  return [registry, docker, git].filter((note) => note !== undefined);
}

function checkManager(manager: PackageManager): void {
  const program = findProgram(manager);
  if (program !== undefined) {
    refuseOldManager(manager, versionBeside(program));
    return;
  }
  throw new GeneratorError(exitStatus.usage, {
    reason: `${manager} was not found, and it is needed to install the service.`,
    hint: 'Nothing was written. Install it, or add --skip-install.',
  });
}

function refuseOldManager(manager: PackageManager, version: string | undefined): void {
  const oldest = OLDEST[manager];
  if (version === undefined || Number.parseInt(version, 10) >= oldest) return;
  throw new GeneratorError(exitStatus.usage, {
    reason: `${manager} ${oldest} or newer is needed to install the service, and this is ${version}.`,
    hint: 'Nothing was written. Update it, or add --skip-install.',
  });
}

function noteGit(): string | undefined {
  return findProgram('git') ? undefined : 'git was not found: no repository will be made.';
}

async function noteRegistry(): Promise<string | undefined> {
  // Through a proxy only npm knows the way.
  const registry = registryUrl();
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
function versionBeside(program: string): string | undefined {
  const folder = dirname(realpathSync(program));
  const manifest = [
    join(folder, '..', 'package.json'),
    join(folder, 'node_modules/npm/package.json'),
  ].find((file) => existsSync(file));
  const version = manifest && readJsonRecord(manifest).version;
  return typeof version === 'string' ? version : undefined;
}

function hasProxy(): boolean {
  return ['https_proxy', 'http_proxy', 'npm_config_https_proxy', 'npm_config_proxy'].some(
    (name) => process.env[name] ?? process.env[name.toUpperCase()],
  );
}

/** The registry that npm is configured with, where that is said plainly. */
function registryUrl(): string {
  const file = process.env.npm_config_userconfig ?? join(homedir(), '.npmrc');
  const settings = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const [, configured] = /^\s*registry\s*=\s*(\S+)/m.exec(settings) ?? [];
  return process.env.npm_config_registry ?? configured ?? DEFAULT_REGISTRY;
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
