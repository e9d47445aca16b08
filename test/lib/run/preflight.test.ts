import { chmodSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { canonicalFlags } from '../../../lib/options/raw-options.ts';
import { checkManager, preflight } from '../../../lib/run/preflight.ts';
import { plantProgram } from '../../support/plant-program.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { writeFiles } from '../../support/write-files.ts';

const NOWHERE = 'http://127.0.0.1:1/';
const NO_REGISTRY = `The registry ${NOWHERE} cannot be reached: only what is cached can be installed.`;
const NO_DOCKER = 'Docker cannot be reached: the tests will run on the embedded PostgreSQL.';
const NO_GIT = 'git was not found: no repository will be made.';

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

describe('preflight', () => {
  it('notes what is missing and not needed', async () => {
    environment({ DOCKER_HOST: 'tcp://127.0.0.1:1', npm_config_registry: NOWHERE });

    expect(await preflight(new Map())).toEqual([NO_REGISTRY, NO_DOCKER]);
  });

  it('notes nothing when everything is there', async () => {
    const port = await listen();
    environment({
      DOCKER_HOST: `tcp://127.0.0.1:${port}`,
      npm_config_registry: `http://127.0.0.1:${port}/`,
    });

    expect(await preflight(new Map())).toEqual([]);
  });

  it('refuses when the package manager is missing, unless nothing is installed', async () => {
    environment({ PATH: temporaryFolder(), Path: '' });

    await expect(preflight(canonicalFlags({ packageManager: 'yarn' }))).rejects.toMatchObject({
      code: 2,
      reason: 'yarn was not found, and it is needed to install the service.',
      hint: expect.stringMatching(
        /Install it, for example by npm install --global .*@yarnpkg\/cli-dist@4\.\S+, or add --skip-install\.$/,
      ),
    });
    expect(() => {
      checkManager(new Map());
    }).toThrow('npm was not found');
    expect(await preflight(canonicalFlags({ skipInstall: true }))).toEqual([NO_GIT]);
    expect(await preflight(canonicalFlags({ skipInstall: true, git: false }))).toEqual([]);
  });

  it.each([
    [
      'npm',
      '8.19.4',
      'npm',
      'npm 9 or newer is needed to install the service, and this is 8.19.4.',
    ],
    [
      'pnpm',
      '9.15.0',
      'pnpm',
      'pnpm 10 or newer is needed to install the service, and this is 9.15.0.',
    ],
    [
      'yarn',
      '1.22.22',
      'yarn',
      'yarn 4 or newer is needed to install the service, and this is 1.22.22.',
    ],
    ['pnpm', '0.34.0', 'corepack', undefined],
    ['pnpm', '10.0.0', 'pnpm', undefined],
  ])('of %s %s in the package %s says: %s', (packageManager, version, name, problem) => {
    const folder = temporaryFolder();
    const manifest = JSON.stringify({ name, version });
    writeFiles(folder, { 'package.json': manifest, [`bin/${packageManager}.cmd`]: '' });
    writeFiles(folder, { [`bin/${packageManager}`]: '' });
    chmodSync(join(folder, 'bin', packageManager), 0o755);
    environment({ PATH: join(folder, 'bin') });
    const check = () => {
      checkManager(canonicalFlags({ packageManager }));
    };

    if (problem === undefined) expect(check).not.toThrow();
    else expect(check).toThrow(problem);
  });

  it('looks for the registry that Yarn is configured with', async () => {
    const PATH = plantProgram('yarn', '');
    environment({ PATH, DOCKER_HOST: '', YARN_NPM_REGISTRY_SERVER: NOWHERE });
    const flags = canonicalFlags({ packageManager: 'yarn', skipCheck: true });

    expect(await preflight(flags)).toEqual([NO_REGISTRY]);
  });

  it('looks for nothing that the run does not use', async () => {
    environment({ DOCKER_HOST: 'tcp://127.0.0.1:1', npm_config_registry: NOWHERE });

    expect(await preflight(canonicalFlags({ skipCheck: true }))).toEqual([NO_REGISTRY]);
    expect(await preflight(canonicalFlags({ skipInstall: true }))).toEqual([]);
  });

  it.skipIf(process.platform === 'win32')('finds the Docker of a socket', async () => {
    const socket = join(temporaryFolder(), 'docker.sock');
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(socket, resolve));
    onTestFinished(() => {
      server.close();
    });
    environment({ DOCKER_HOST: `unix://${socket}`, npm_config_registry: NOWHERE });

    expect(await preflight(new Map())).toEqual([NO_REGISTRY]);
  });

  it('leaves a registry behind a proxy to npm', async () => {
    environment({ HTTPS_PROXY: NOWHERE, DOCKER_HOST: '', npm_config_registry: NOWHERE });

    expect(await preflight(canonicalFlags({ skipCheck: true }))).toEqual([]);
  });
});
