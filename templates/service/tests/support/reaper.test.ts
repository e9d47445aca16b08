import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';
import { getContainerRuntimeClient } from 'testcontainers';
import { describe, expect, inject, it, onTestFinished } from 'vitest';
import { hasPostgresImage, POSTGRES_IMAGE } from './postgres-image.ts';
import { startReaper } from './reaper.ts';

const program = path.join(import.meta.dirname, 'reaper-process.mjs');
const server = inject('testServer');

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'reaper-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

describe('the reaper', () => {
  it('removes what was noted when the run ends, and nothing before', async () => {
    const folder = await makeFolder();
    const reaper = startReaper();
    reaper.note({ kind: 'folder', path: folder });
    expect(existsSync(folder)).toBe(true);

    await reaper.reap();
    expect(existsSync(folder)).toBe(false);
  });

  it('removes it also when the run is killed', async () => {
    const folder = await makeFolder();
    const module = pathToFileURL(path.join(import.meta.dirname, 'reaper.ts')).href;
    const run = `
      import { startReaper } from '${module}';
      startReaper().note({ kind: 'folder', path: ${JSON.stringify(folder)} });
      console.log('noted');`;
    const nodeArguments = ['--import', 'tsx', '--input-type=module', '--eval', run];
    const child = spawn(process.execPath, nodeArguments, { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(child.stdout, 'data');
    child.kill('SIGKILL');

    await expect.poll(() => existsSync(folder), { timeout: 10_000 }).toBe(false);
  });

  it.skipIf(server.kind === 'embedded')(
    'drops the databases of the run, and no other (the embedded PostgreSQL has only one)',
    async () => {
      if (server.kind === 'embedded') return;
      const run = randomBytes(4).toString('hex');
      const client = new Client({ connectionString: server.url });
      await client.connect();
      onTestFinished(() => client.end());
      const mine = `${server.namePrefix}${run}_a`;
      const other = `${server.namePrefix}${run}b_a`;
      await client.query(`CREATE DATABASE ${mine}`);
      await client.query(`CREATE DATABASE ${other}`);
      const reaper = startReaper();
      reaper.note({
        kind: 'databases',
        url: server.url,
        namePrefix: `${server.namePrefix}${run}_`,
      });

      await reaper.reap();
      const { rows } = await client.query<{ datname: string }>(
        'SELECT datname FROM pg_database WHERE datname IN ($1, $2)',
        [mine, other],
      );
      expect(rows).toEqual([{ datname: other }]);
    },
  );

  const title = `removes a container with its volumes (needs Docker and ${POSTGRES_IMAGE})`;
  it.skipIf(!hasPostgresImage())(title, async () => {
    const { dockerode } = (await getContainerRuntimeClient()).container;
    const name = `reaper-${randomBytes(6).toString('hex')}`;
    const container = await dockerode.createContainer({
      name,
      Image: POSTGRES_IMAGE,
      Volumes: { '/somewhere': {} },
    });
    const { Mounts } = await container.inspect();
    const [volume] = Mounts.map((mount) => String(mount.Name));
    const volumes = async () => (await dockerode.listVolumes()).Volumes.map(({ Name }) => Name);
    expect(await volumes()).toContain(volume);
    const reaper = startReaper();
    reaper.note({ kind: 'container', name });
    reaper.note({ kind: 'container', name: `${name}-that-never-started` });

    await reaper.reap();
    await expect(container.inspect()).rejects.toMatchObject({ statusCode: 404 });
    expect(await volumes()).not.toContain(volume);
  });

  it('fails and says what it could not remove', () => {
    const input = 'databases\tpostgresql://nobody@127.0.0.1:1/none\ttest_\n';
    const { status, stderr } = spawnSync(process.execPath, [program], { input, encoding: 'utf8' });

    expect(status).toBe(1);
    expect(stderr).toContain('A test run left something behind:');
    expect(stderr).toContain('ECONNREFUSED');
  });
});
