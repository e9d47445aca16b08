import { execa } from 'execa';

// Debian's client has BuildKit in it, newer ones as a plugin, which may be absent.
const env = { DOCKER_BUILDKIT: '1' };

/** Runs the Docker client to its end, and gives what it wrote. */
export async function docker(...args: string[]): Promise<string> {
  const { stdout } = await execa('docker', args, { env });
  return stdout;
}

/** The containers, volumes and networks that are there now. */
export async function dockerObjects(): Promise<string[]> {
  const lists = await Promise.all([
    docker('ps', '--all', '--quiet'),
    docker('volume', 'ls', '--quiet'),
    docker('network', 'ls', '--quiet'),
  ]);
  return lists.flatMap((list) => list.split('\n')).filter((line) => line !== '');
}

/** Why images cannot be built and run here; undefined if they can. */
export async function missingDocker(): Promise<string | undefined> {
  const probe = await execa('docker', ['build', '--quiet', '-'], {
    env,
    // Another process may probe at the same time, and remove its image.
    input: `FROM scratch\nLABEL probe=${process.pid}\n`,
    reject: false,
  });
  if (probe.failed) return probe.stderr.trim().split('\n').at(-1) ?? probe.shortMessage;
  await docker('image', 'rm', probe.stdout);
  return undefined;
}

/** Starts a PostgreSQL server on a free port of this machine. */
export async function startPostgres() {
  const publish = ['--publish', '127.0.0.1:0:5432', '--env', 'POSTGRES_PASSWORD=postgres'];
  const id = await docker('run', '--detach', ...publish, 'postgres:18-alpine');
  const stop = () => docker('rm', '--force', '--volumes', id);
  try {
    // The image first starts a server for its own set-up, which does not listen on TCP.
    const ready = 'until pg_isready --quiet --host 127.0.0.1; do sleep 0.2; done';
    await docker('exec', id, 'timeout', '600', 'sh', '-c', ready);
    const address = await docker('port', id, '5432/tcp');
    const databases = async () => {
      const sql = 'SELECT datname FROM pg_database ORDER BY datname';
      const names = await docker('exec', id, 'psql', '-U', 'postgres', '-Atc', sql);
      return names.split('\n');
    };
    const create = (name: string) => docker('exec', id, 'createdb', '-U', 'postgres', name);
    return { url: `postgresql://postgres:postgres@${address}/postgres`, create, databases, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
