import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { generate } from './generate.ts';
import { UsageError } from './usage-error.ts';

const MANIFEST = 'package.json';
/** What only a shell understands. */
const SHELL_SYNTAX = /["'`$\\;|&<>*?(){}#]/;
const AND = ' && ';

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>;
  readonly bin?: string | Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

/**
 * Generates the Prisma client, then runs scripts of package.json side by side. Prints the output of
 * each as a whole when it ends. Without a shell and a package manager in between, each script starts
 * half a second sooner.
 *
 * @returns 0 if all of them succeed
 */
export async function runScripts(names: readonly string[]): Promise<number> {
  if (names.length === 0) throw new UsageError('Missing script');
  const project = readManifest(MANIFEST);
  const scripts = names.map((name) => ({ name, commands: commandsOf(name, project) }));
  const status = await generate();
  if (status !== 0) return status;
  const passed = await Promise.all(
    scripts.map(async ({ name, commands }) => {
      const { isSuccess, output } = await runInTurn(commands);
      console.log(`${isSuccess ? '✓' : '✗'} ${name}\n${output}`.trimEnd());
      return isSuccess;
    }),
  );
  return passed.every(Boolean) ? 0 : 1;
}

/** The commands of a script, each as arguments of Node.js. */
function commandsOf(name: string, project: Manifest): string[][] {
  const script = project.scripts?.[name];
  if (script === undefined) throw new UsageError(`Unknown script "${name}"`);
  if (SHELL_SYNTAX.test(script.replaceAll(AND, ' '))) {
    throw new UsageError(
      `Invalid script "${name}": expected commands without quotes and shell syntax other than "&&"`,
    );
  }
  return script.split(AND).map((command) => {
    const [program = '', ...programArguments] = command.split(' ').filter(Boolean);
    return [...nodeArguments(program, project), ...programArguments];
  });
}

function nodeArguments(program: string, project: Manifest): string[] {
  if (program === 'node') return [];
  for (const name of Object.keys({ ...project.dependencies, ...project.devDependencies })) {
    const folder = folderOf(name);
    const { bin = {} } = folder === undefined ? {} : readManifest(path.join(folder, MANIFEST));
    const file = typeof bin === 'string' ? { [path.basename(name)]: bin }[program] : bin[program];
    if (folder !== undefined && file !== undefined) return [path.join(folder, file)];
  }
  throw new UsageError(`No installed dependency provides the program "${program}"`);
}

/** Where a package is installed. Not all of them let others resolve their package.json. */
function folderOf(name: string): string | undefined {
  const { resolve } = createRequire(import.meta.url);
  const candidates = resolve.paths(name) ?? [];
  return candidates
    .map((folder) => path.join(folder, name))
    .find((folder) => existsSync(path.join(folder, MANIFEST)));
}

function readManifest(file: string): Manifest {
  return JSON.parse(readFileSync(file, 'utf8')) as Manifest;
}

/** Runs commands until one fails. */
async function runInTurn(
  commands: readonly string[][],
): Promise<{ isSuccess: boolean; output: string }> {
  let output = '';
  for (const command of commands) {
    const result = await runCommand(command);
    output += result.output;
    if (result.status !== 0) return { isSuccess: false, output };
  }
  return { isSuccess: true, output };
}

function runCommand(
  command: readonly string[],
): Promise<{ status: number | null; output: string }> {
  const child = spawn(process.execPath, command, {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(process.stdout.isTTY && { FORCE_COLOR: '1' }) },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      resolve({ status, output });
    });
  });
}
