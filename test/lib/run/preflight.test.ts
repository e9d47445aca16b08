import { chmodSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type Needs, checkManager, preflightNotes } from '../../../lib/run/preflight.ts';
import { plantProgram } from '../../support/plant-program.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';

const NOWHERE = 'http://127.0.0.1:1/';
const NO_REGISTRY = `Cannot reach the registry ${NOWHERE}: only cached packages can be installed.`;
const NO_DOCKER = 'Cannot reach Docker: the tests will run on the embedded PostgreSQL.';
const NO_GIT = 'git was not found: no repository will be created.';

/** The notes on a run that uses everything, unless told otherwise. */
function notes(needs: Partial<Needs> = {}): Promise<string[]> {
  return preflightNotes({ install: true, check: true, git: true, manager: 'npm', ...needs });
}

/** Sets the environment for one test. */
function environment(variables: Record<string, string>): void {
  onTestFinished(() => {
    vi.unstubAllEnvs();
  });
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
}

/** Listens until the end of the test, and gives the port. */
async function listen(): Promise<number> {
  const server = createServer((_, response) => response.end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

describe('preflightNotes', () => {
  it('notes what is missing and not needed', async () => {
    environment({ DOCKER_HOST: 'tcp://127.0.0.1:1', npm_config_registry: NOWHERE });

    expect(await notes()).toEqual([NO_REGISTRY, NO_DOCKER]);
  });

  it('notes nothing when everything is there', async () => {
    const port = await listen();
    environment({
      DOCKER_HOST: `tcp://127.0.0.1:${port}`,
      npm_config_registry: `http://127.0.0.1:${port}/`,
    });

    expect(await notes()).toEqual([]);
  });

  it('notes a missing git', async () => {
    environment({ PATH: temporaryFolder(), Path: '' });

    expect(await notes({ install: false })).toEqual([NO_GIT]);
    expect(await notes({ install: false, git: false })).toEqual([]);
  });

  it('looks for the registry that Yarn is configured with', async () => {
    const PATH = plantProgram('yarn', '');
    environment({ PATH, DOCKER_HOST: '', YARN_NPM_REGISTRY_SERVER: NOWHERE });

    expect(await notes({ manager: 'yarn', check: false })).toEqual([NO_REGISTRY]);
  });

  it('looks for nothing that the run does not use', async () => {
    environment({ DOCKER_HOST: 'tcp://127.0.0.1:1', npm_config_registry: NOWHERE });

    expect(await notes({ check: false })).toEqual([NO_REGISTRY]);
    expect(await notes({ install: false })).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('finds the Docker of a socket', async () => {
    const socket = join(temporaryFolder(), 'docker.sock');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    onTestFinished(() => {
      server.close();
    });
    environment({ DOCKER_HOST: `unix://${socket}`, npm_config_registry: NOWHERE });

    expect(await notes()).toEqual([NO_REGISTRY]);
  });

  it('leaves a registry behind a proxy to npm', async () => {
    environment({ HTTPS_PROXY: NOWHERE, DOCKER_HOST: '', npm_config_registry: NOWHERE });

    expect(await notes({ check: false })).toEqual([]);
  });
});

describe('checkManager', () => {
  it('refuses a missing package manager', () => {
    environment({ PATH: temporaryFolder(), Path: '' });
    const check = () => {
      checkManager('yarn');
    };

    expect(check).toThrow('yarn was not found to install the service.');
    expect(check).toThrow(
      /Install it, for example with npm install --global .*@yarnpkg\/cli-dist@4\.\S+, or add --skip-install\.$/,
    );
  });

  it.each([
    ['npm', '8.19.4', 'npm', 'npm 8.19.4 is too old: version 9 or newer is needed'],
    ['pnpm', '9.15.0', 'pnpm', 'pnpm 9.15.0 is too old: version 10 or newer is needed'],
    ['yarn', '1.22.22', 'yarn', 'yarn 1.22.22 is too old: version 4 or newer is needed'],
    ['pnpm', '0.34.0', 'corepack', undefined],
    ['pnpm', '10.0.0', 'pnpm', undefined],
  ] as const)('of %s %s in the package %s says: %s', (packageManager, version, name, problem) => {
    const folder = temporaryFolder();
    const manifest = JSON.stringify({ name, version });
    writeFiles(folder, { 'package.json': manifest, [`bin/${packageManager}.cmd`]: '' });
    writeFiles(folder, { [`bin/${packageManager}`]: '' });
    chmodSync(join(folder, 'bin', packageManager), 0o755);
    environment({ PATH: join(folder, 'bin') });
    const check = () => {
      checkManager(packageManager);
    };

    if (problem === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(problem);
  });
});
