import { once } from 'node:events';
import { execa } from 'execa';
import { childEnvironment } from '../../lib/process/child-environment.ts';
import { signalTree } from '../../lib/process/signal-tree.ts';

/** Runs npm in a made service to its end, without a terminal, and gives its output. */
export async function npm(folder: string, ...args: string[]): Promise<string> {
  return npmWith({}, folder, ...args);
}

/** The same with variables of its own. */
export async function npmWith(
  variables: NodeJS.ProcessEnv,
  folder: string,
  ...args: string[]
): Promise<string> {
  const { env, ...options } = settings(folder);
  const { all } = await execa('npm', args, {
    ...options,
    env: { ...env, ...variables },
    all: true,
  });
  return all;
}

/** The registry that npm is configured with. */
export async function npmRegistry(): Promise<string> {
  return (await execa('npm', ['config', 'get', 'registry'])).stdout;
}

/** Starts an npm script that serves, and gives the address that it says it listens at. */
export async function serve(folder: string, script: string) {
  const child = execa('npm', ['run', script], {
    ...settings(folder),
    all: true,
    detached: true,
    reject: false,
  });
  const stop = async () => {
    if (child.pid !== undefined) await signalTree(child.pid, 'SIGTERM');
    await child;
  };
  let output = '';
  while (child.exitCode === null) {
    const [chunk] = (await once(child.all, 'data')) as unknown[];
    output += String(chunk);
    const [address] = /http:\/\/127\.0\.0\.1:\d+/.exec(output) ?? [];
    if (address !== undefined) return { address, stop };
  }
  throw new Error(output);
}

function settings(folder: string) {
  const env = { ...childEnvironment(process.env), PORT: '0' };
  return { cwd: folder, env, extendEnv: false, stdin: 'ignore', timeout: 1_800_000 } as const;
}
