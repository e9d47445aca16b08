import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Environment } from '../../src/config.ts';
import { schemaEngine, serviceFolder } from './prisma-project.ts';

const program = path.join(serviceFolder, 'src', 'management.ts');
const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** A management command in a process of its own. */
export interface ManagementProcess {
  /** What it has written to stdout and stderr so far. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  /** Its exit status; null if a signal ended it. */
  exit: Promise<number | null>;
}

/**
 * Starts a management command.
 *
 * @param folder where it finds migrations
 * @param environment its configuration; what is not named has its default
 */
export function startManagement(
  args: readonly string[],
  folder: string,
  environment: NodeJS.ProcessEnv,
): ManagementProcess {
  const unset = Object.fromEntries(Object.keys(Environment.properties).map((name) => [name, '']));
  const child = spawn(process.execPath, ['--import', tsx, program, ...args], {
    cwd: folder,
    env: {
      ...process.env,
      ...unset,
      NO_COLOR: '1',
      PRISMA_SCHEMA_ENGINE_BINARY: schemaEngine,
      ...environment,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const exit = once(child, 'close').then(([status]: (number | null)[]) => status ?? null);
  return { output: () => output, signal: (name) => child.kill(name), exit };
}
