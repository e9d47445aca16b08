import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { programEnvironment, serviceFolder } from '../../support/run-prisma.ts';

const script = path.join(serviceFolder, 'tools/database.mjs');
const MAIN = `
import { greeting } from './words/greeting.ts';
console.log(greeting, process.argv[2], import.meta.url);
setInterval(() => undefined, 1000);
process.once('SIGTERM', () => process.exit(7));
`;

let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'watch-'));
  await mkdir(path.join(folder, 'src/words'), { recursive: true });
  await write('package.json', '{ "type": "module" }');
  await write('src/main.ts', MAIN);
  await writeGreeting('"hello"');
});

afterEach(() => rm(folder, { recursive: true }));

function write(file: string, content: string) {
  return writeFile(path.join(folder, file), content);
}

function writeGreeting(value: string) {
  return write('src/words/greeting.ts', `export const greeting: string = ${value};\n`);
}

type Watching = ChildProcessByStdio<null, Readable, Readable>;

function start(...watchArguments: string[]) {
  const child: Watching = spawn(process.execPath, [script, 'watch', ...watchArguments], {
    cwd: folder,
    env: programEnvironment({}),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      output += String(chunk);
    });
  }
  const ended = once(child, 'close');
  onTestFinished(async () => {
    child.kill();
    await ended;
  });
  return {
    child,
    /** Waits until a text appears in what is printed from now on. */
    printed: async (text: string) => {
      await vi.waitUntil(() => output.includes(text), { timeout: 120_000 });
      output = '';
    },
    status: async () => {
      const [status] = (await ended) as [number | null];
      return { status, output };
    },
  };
}

describe('database.mjs watch', () => {
  it('restarts the program when a file changes, and not if it has a syntax error', async () => {
    const main = pathToFileURL(path.join(folder, 'src/main.ts')).href;
    const { printed } = start('src/main.ts', 'world');
    await printed(`hello world ${main}\n`);
    await writeGreeting('"good morning"');
    await printed(`Restarting src/main.ts\ngood morning world ${main}\n`);
    await writeGreeting('"');
    await printed('Unterminated string literal');
    await writeGreeting('"good night"');

    await printed(`Restarting src/main.ts\ngood night world ${main}\n`);
  });

  it('names the source where an error was thrown', async () => {
    await write('src/main.ts', '\ninterface Unused {}\n\nthrow new Error("broken");\n');

    await start('src/main.ts').printed(`${path.join('src', 'main.ts')}:4:7`);
  });

  it('waits for a change when the program has ended', async () => {
    await write('src/main.ts', 'process.exitCode = 3;');
    const { printed } = start('src/main.ts');
    await printed('src/main.ts ended with exit code 3. Waiting for a change.');
    await write('src/main.ts', MAIN);

    await printed('hello');
  });

  it('ends with the exit code of the program when it gets a signal', async () => {
    const { child, printed, status } = start('src/main.ts');
    await printed('hello');
    child.kill();

    expect(await status()).toEqual({ status: 7, output: '' });
  });

  it('starts no other program when the signal comes during a restart', async () => {
    const slow = MAIN.replace('process.exit(7)', 'setTimeout(() => process.exit(7), 1000)');
    await write('src/main.ts', slow);
    const { child, printed, status } = start('src/main.ts');
    await printed('hello');
    await writeGreeting('"good morning"');
    await printed('Restarting src/main.ts');
    child.kill();

    // It would not end as long as a program holds its output.
    expect((await status()).output).not.toContain('good morning');
  });

  it('leaves no program behind when it cannot go on', async () => {
    const { printed, status } = start('src/main.ts');
    await printed('hello');
    await rm(path.join(folder, 'src'), { recursive: true });

    // It would not end as long as a program holds its output.
    expect(await status()).toEqual({
      status: 1,
      output: expect.stringContaining('ENOENT') as string,
    });
  });

  it('rejects a missing program', async () => {
    expect(await start().status()).toEqual({
      status: 2,
      output: expect.stringContaining('Missing program') as string,
    });
  });
});
