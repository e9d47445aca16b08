import { execFile, spawnSync } from 'node:child_process';
import { chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { hasPostgresImage, POSTGRES_IMAGE } from '../../support/postgres-image.ts';
import { query } from '../../support/query.ts';

const script = path.resolve(import.meta.dirname, '../../../scripts/run-postgres.sh');

let project: string; // a folder of its own, which the container is named after
beforeEach(async () => {
  project = await mkdtemp(path.join(tmpdir(), 'run-postgres-'));
  onTestFinished(() => rm(project, { recursive: true }));
  await mkdir(path.join(project, 'scripts'));
  await copyFile(script, path.join(project, 'scripts', 'run-postgres.sh'));
});

interface Result {
  status: number | string | null | undefined;
  stdout: string;
  stderr: string;
}

function runPostgres(environment: NodeJS.ProcessEnv = {}): Promise<Result> {
  const options = { cwd: project, env: { ...process.env, ...environment } };
  return new Promise((resolve) => {
    execFile('/bin/sh', ['scripts/run-postgres.sh'], options, (error, stdout, stderr) => {
      resolve({ status: error ? error.code : 0, stdout, stderr });
    });
  });
}

/** Puts a `docker` in front of the PATH that runs a script instead. */
async function plantDocker(lines: string): Promise<{ PATH: string }> {
  const program = path.join(project, 'docker');
  await writeFile(program, `#!/bin/sh\n${lines}\n`);
  await chmod(program, 0o755);
  return { PATH: [project, process.env.PATH].join(path.delimiter) };
}

function readEnv(): Promise<string> {
  return readFile(path.join(project, '.env'), 'utf8');
}

describe.skipIf(process.platform === 'win32')('run-postgres.sh (for POSIX shells)', () => {
  it('says that there is no Docker', async () => {
    expect(await runPostgres({ PATH: project })).toEqual({
      status: 1,
      stdout: '',
      stderr: 'run-postgres: there is no docker on the PATH; install Docker\n',
    });
  });

  it('says that Docker does not answer', async () => {
    expect(await runPostgres(await plantDocker('exit 1'))).toEqual({
      status: 1,
      stdout: '',
      stderr: 'run-postgres: Docker does not answer; start it, or set DOCKER_HOST\n',
    });
  });

  it('removes what it made of a container that could not have its port', async () => {
    const environment = await plantDocker(`
      echo "$1 $2" >>"${project}/calls"
      case $1 in container | run) exit 1 ;; esac`);
    const { status, stderr } = await runPostgres(environment);

    expect(status).toBe(1);
    expect(stderr).toContain('for another port set POSTGRES_PORT');
    const calls = (await readFile(path.join(project, 'calls'), 'utf8')).split('\n');
    expect(calls).toEqual(['version ', 'container inspect', 'run --detach', 'rm --volumes', '']);
  });

  it('refuses a port that its container does not have, and leaves .env alone', async () => {
    const docker = await plantDocker('case $1 in port) echo 127.0.0.1:5432 ;; esac');
    const { status, stderr } = await runPostgres({ ...docker, POSTGRES_PORT: '6000' });

    expect(status).toBe(1);
    expect(stderr).toContain('has port 5432; to move it: docker rm --force --volumes');
    await expect(readEnv()).rejects.toThrow('ENOENT');
  });

  it('replaces DATABASE_URL where it stands, once, and keeps all other lines', async () => {
    const docker = await plantDocker('case $1 in port) echo 127.0.0.1:5432 ;; esac');
    await writeFile(
      path.join(project, '.env'),
      'PORT=7001\n# DATABASE_URL=a\nexport DATABASE_URL=b\n\nDATABASE_URL=c\nLOG_LEVEL=debug',
    );
    expect((await runPostgres(docker)).status).toBe(0);
    expect(await readEnv()).toBe(
      'PORT=7001\n# DATABASE_URL=a\n' +
        'DATABASE_URL=postgresql://postgres:postgres@127.0.0.1:5432/postgres\n\nLOG_LEVEL=debug\n',
    );
  });
});

describe.skipIf(!hasPostgresImage())(`run-postgres.sh (needs Docker and ${POSTGRES_IMAGE})`, () => {
  async function queryService(sql: string): Promise<unknown[]> {
    const [, url = ''] = /^DATABASE_URL=(.+)$/m.exec(await readEnv()) ?? [];
    return query(url, sql);
  }

  it('is ready when it ends, and keeps the data when run again, also after a stop', async () => {
    const container = `postgres-${path.basename(project)}`;
    onTestFinished(() => {
      spawnSync('docker', ['rm', '--force', '--volumes', container]);
    });
    const environment = { POSTGRES_PORT: '0' };

    expect(await runPostgres(environment)).toMatchObject({ status: 0, stderr: '' });
    await queryService('CREATE TABLE note AS SELECT 18 AS id');
    expect(await runPostgres(environment)).toMatchObject({ status: 0, stderr: '' });
    spawnSync('docker', ['stop', container]);
    expect(await runPostgres(environment)).toMatchObject({ status: 0, stderr: '' });
    expect(await queryService('SELECT id FROM note')).toEqual([{ id: 18 }]);
  });
});
