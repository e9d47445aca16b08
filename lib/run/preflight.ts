import { existsSync, readFileSync, realpathSync } from 'node:fs';
import net from 'node:net';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import which from 'which';
import { exitStatus } from '../errors/exit-status.ts';
import { GeneratorError } from '../errors/generator-error.ts';
import { readJsonRecord } from '../json-record.ts';
import { type PackageManager, packageManagers } from '../package-manager/package-managers.ts';
import { childEnvironment } from '../process/child-environment.ts';

const NPM_REGISTRY = 'https://registry.npmjs.org/';
const YARN_REGISTRY = 'https://registry.yarnpkg.com/';
const CONNECT_TIMEOUT_MS = 2000;

/** What a run is going to use. */
export interface Needs {
  readonly install: boolean;
  readonly check: boolean;
  readonly git: boolean;
  /** The package manager, whose registry is contacted. */
  readonly manager: PackageManager;
}

/** Checks that the optional tools and services of a run are available; a note for each that is not. */
export async function preflightNotes({ install, check, git, manager }: Needs): Promise<string[]> {
  const [registry, docker] = await Promise.all([
    install ? noteRegistry(manager) : undefined,
    install && check ? noteDocker() : undefined,
  ]);
  const noGit = git && findProgram('git') === undefined;
  return [
    registry,
    docker,
    noGit ? 'git was not found: no repository will be created.' : undefined,
  ].filter((note) => note !== undefined);
}

/**
 * Checks that the package manager that installs the service is available.
 *
 * @throws {GeneratorError} when it is missing or too old
 */
export function checkManager(manager: PackageManager): void {
  const program = findProgram(manager);
  if (program === undefined) throw unusable(manager, `${manager} was not found`);
  const { oldest, packages } = packageManagers[manager];
  const version = versionBeside(program, packages);
  if (version === undefined || Number.parseInt(version, 10) >= oldest) return;
  throw unusable(manager, `${manager} ${version} is too old: version ${oldest} or newer is needed`);
}

function unusable(manager: PackageManager, reason: string): GeneratorError {
  const { setUp = `npm install --global ${manager}` } = packageManagers[manager];
  return new GeneratorError(exitStatus.usage, {
    reason: `${reason} to install the service.`,
    hint: `Nothing was written. Install it, for example with ${setUp}, or add --skip-install.`,
  });
}

async function noteRegistry(manager: PackageManager): Promise<string | undefined> {
  const registry = manager === 'yarn' ? yarnRegistryUrl() : registryUrl();
  // Through a proxy only the package manager knows the way.
  if (hasProxy() || !URL.canParse(registry)) return undefined;
  const { protocol, hostname, port } = new URL(registry);
  const reachable = await connects({
    host: hostname,
    port: Number(port) || (protocol === 'http:' ? 80 : 443),
  });
  return reachable
    ? undefined
    : `Cannot reach the registry ${registry}: only cached packages can be installed.`;
}

async function noteDocker(): Promise<string | undefined> {
  const reachable = await connects(dockerAddress());
  return reachable
    ? undefined
    : 'Cannot reach Docker: the tests will run on the embedded PostgreSQL.';
}

/** The file of a program on the PATH that child processes get. */
function findProgram(name: string): string | undefined {
  const { PATH, Path = PATH } = childEnvironment(process.env);
  return which.sync(name, { path: Path ?? '', nothrow: true }) ?? undefined;
}

/** The version in the manifest of the package that a program is in; undefined when it is unknown. */
function versionBeside(program: string, packages: readonly string[]): string | undefined {
  const folder = dirname(realpathSync(program));
  const manifests = [
    join(folder, '..'),
    ...packages.map((name) => join(folder, 'node_modules', name)),
  ]
    .map((parent) => join(parent, 'package.json'))
    .filter((file) => existsSync(file))
    .map(readJsonRecord);
  // The manifest next to a launcher such as Corepack is not that of the package manager.
  const own = manifests.find(({ name }) => typeof name === 'string' && packages.includes(name));
  return typeof own?.version === 'string' ? own.version : undefined;
}

function hasProxy(): boolean {
  return ['https_proxy', 'http_proxy', 'npm_config_https_proxy', 'npm_config_proxy'].some(
    (name) => process.env[name] ?? process.env[name.toUpperCase()],
  );
}

/** The registry that npm, pnpm and Bun are configured with, as far as one setting decides it. */
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
    const socket = net.connect({ ...address, timeout: CONNECT_TIMEOUT_MS });
    const end = (result: boolean) => () => {
      socket.destroy();
      resolve(result);
    };
    socket.once('connect', end(true));
    socket.once('error', end(false));
    socket.once('timeout', end(false));
  });
}
