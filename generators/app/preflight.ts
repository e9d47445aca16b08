import { existsSync, readFileSync } from 'node:fs';
import net from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { read } from './answers.ts';
import { childEnvironment } from './child-environment.ts';
import { GeneratorError } from './errors.ts';
import { exitStatus } from './exit-status.ts';
import type { Flags } from './flags.ts';
import { options, type PackageManager } from './options.ts';

const DEFAULT_REGISTRY = 'https://registry.npmjs.org/';
const PATIENCE_MS = 2000;

/**
 * Looks before the first question whether what a run needs is there.
 *
 * @returns what is missing and not needed, each with what follows from it
 * @throws {GeneratorError} when something is missing that is needed
 */
export async function preflight(flags: Flags): Promise<string[]> {
  const installs = !read(options.skipInstall, flags);
  const manager = read(options.packageManager, flags);
  const checks = [
    installs && checkManager(manager),
    installs && noteRegistry(),
    installs && !read(options.skipCheck, flags) && noteDocker(),
    read(options.git, flags) && noteGit(),
  ];
  const notes = await Promise.all(checks.filter((check) => check !== false));
  return notes.filter((note) => note !== undefined);
}

async function checkManager(manager: PackageManager): Promise<undefined> {
  if ((await versionOf(manager)) !== undefined) return;
  throw new GeneratorError(exitStatus.usage, {
    reason: `${manager} was not found, and it is needed to install the service.`,
    hint: 'Nothing was written. Install it, or add --skip-install.',
  });
}

async function noteGit(): Promise<string | undefined> {
  const version = await versionOf('git');
  return version === undefined ? 'git was not found: no repository will be made.' : undefined;
}

async function noteRegistry(): Promise<string | undefined> {
  // Through a proxy only npm knows the way.
  if (hasProxy()) return undefined;
  const registry = registryUrl();
  try {
    await fetch(registry, { method: 'HEAD', signal: AbortSignal.timeout(PATIENCE_MS) });
    return undefined;
  } catch {
    return `The registry ${registry} cannot be reached: only what is cached can be installed.`;
  }
}

async function noteDocker(): Promise<string | undefined> {
  const reachable = await connects(dockerAddress());
  return reachable
    ? undefined
    : 'Docker cannot be reached: the tests will run on the embedded PostgreSQL.';
}

/** What a program says about its version; undefined when it cannot be run. */
async function versionOf(program: string): Promise<string | undefined> {
  const { failed, stdout } = await execa(program, ['--version'], {
    env: childEnvironment(process.env),
    extendEnv: false,
    stdin: 'ignore',
    reject: false,
  });
  return failed ? undefined : stdout;
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
