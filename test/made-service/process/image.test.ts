import { readFileSync } from 'node:fs';
import path from 'node:path';
import { PostgreSqlContainer } from '@testcontainers/postgresql';
import {
  GenericContainer,
  getContainerRuntimeClient,
  Network,
  type StartedTestContainer,
  Wait,
} from 'testcontainers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadConfig } from '../../src/config.ts';
import { POSTGRES_IMAGE } from '../support/postgres-image.ts';
import { serviceFolder } from '../support/run-prisma.ts';

const { TEST_IMAGE } = process.env;
const { server } = loadConfig({ DATABASE_URL: 'postgresql://localhost/none' });

function read(file: string): string {
  return readFileSync(path.join(serviceFolder, file), 'utf8');
}

describe('what the image is made of', () => {
  it('leaves secrets, data and what is installed here out of the build', () => {
    const ignored = read('.dockerignore').split('\n');

    expect(ignored).toEqual(
      expect.arrayContaining(['.embedded-postgres', '.env', '.git', 'dist', 'node_modules']),
    );
  });

  it('names an exact Node.js', () => {
    expect(read('Dockerfile').match(/^FROM node:\S+/gm)).toEqual([
      expect.stringMatching(/^FROM node:24\.\d+\.\d+-slim$/),
    ]);
  });

  it('is given longer to stop than the service takes', () => {
    const [, seconds] = /stop_grace_period: (\d+)s/.exec(read('compose.yaml')) ?? [];

    expect(Number(seconds) * 1000).toBeGreaterThan(server.shutdownTimeoutMs);
  });
});

/*
 * docker build --target migrate --tag NAME:TAG-migrate .
 * docker build --tag NAME:TAG .
 * TEST_IMAGE=NAME:TAG npm test -- tests/process/image.test.ts
 */
describe.skipIf(!TEST_IMAGE)('the image (needs the one that TEST_IMAGE names)', () => {
  const closers: (() => Promise<unknown>)[] = [];
  let service: StartedTestContainer;
  let migrate: (command?: string[]) => Promise<StartedTestContainer>;

  beforeAll(async () => {
    const network = await new Network().start();
    closers.unshift(() => network.stop());
    const postgres = await new PostgreSqlContainer(POSTGRES_IMAGE)
      .withNetwork(network)
      .withNetworkAliases('postgres')
      .start();
    closers.unshift(() => postgres.stop());
    const user = `${postgres.getUsername()}:${postgres.getPassword()}`;
    const DATABASE_URL = `postgresql://${user}@postgres:5432/${postgres.getDatabase()}`;

    migrate = async (command = []) => {
      const container = await new GenericContainer(`${String(TEST_IMAGE)}-migrate`)
        .withNetwork(network)
        .withEnvironment({ DATABASE_URL })
        .withCommand(command)
        .withWaitStrategy(Wait.forOneShotStartup())
        .start();
      closers.unshift(() => container.stop());
      return container;
    };
    await migrate();
    service = await new GenericContainer(String(TEST_IMAGE))
      .withNetwork(network)
      .withEnvironment({ DATABASE_URL, SERVICE_PREFIX: '/shop' })
      .withExposedPorts(server.port)
      .withWaitStrategy(Wait.forHealthCheck()) // asked without the prefix
      .start();
    closers.unshift(() => service.stop());
  });
  afterAll(async () => {
    for (const close of closers) await close();
  });

  it.each([
    ['node', 'node_modules/prisma/build/index.js', 'migrate', 'deploy'],
    ['node', 'dist/management.js', 'migrate-in-window'],
  ])('has a target that migrates by %s %s, and finds it done', async (...command) => {
    const output = await (await migrate(command)).logs();

    expect((await output.toArray()).join('')).toMatch(
      /^(No pending migrations to apply|No pending migrations)\.$/m,
    );
  });

  it('becomes healthy, and serves what its database holds', async () => {
    const url = `http://${service.getHost()}:${service.getMappedPort(server.port)}/shop`;
    const answer = await fetch(`${url}/v1/service-context`);

    expect([answer.status, await answer.json()]).toMatchObject([200, { maintenance: false }]);
  });

  it('runs as a user without rights', async () => {
    const { output } = await service.exec(['id', '--user']);

    expect(output.trim()).toBe('1000');
  });

  it('holds neither the Prisma CLI nor what builds and tests', async () => {
    const folders = ['node_modules', 'node_modules/@prisma', '.'];
    const { output } = await service.exec(['ls', '-a', '-1', ...folders]);
    const unwanted = ['prisma', 'engines', 'typescript', 'vitest', 'tests', 'src', '.env'];

    expect(output).toContain('fastify\n');
    expect(unwanted.filter((name) => output.split('\n').includes(name))).toEqual([]);
  });

  it('ends on SIGTERM within its bound, with success', async () => {
    const { container } = await getContainerRuntimeClient();
    const started = Date.now();
    await container.getById(service.getId()).stop({ t: 2 * (server.shutdownTimeoutMs / 1000) });
    expect(Date.now() - started).toBeLessThan(server.shutdownTimeoutMs);
    const { State } = await container.getById(service.getId()).inspect();

    expect(State.ExitCode).toBe(0);
  });
});
