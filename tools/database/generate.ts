import { existsSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { filesIn, hashOf } from './hash.ts';
import { claim, readLock } from './lock-file.ts';
import { runProgram } from './programs.ts';
import { PRISMA_CONFIG, resolvePackageFile, SCHEMA } from './project.ts';

const POLL_MS = 50;

/** In the folder of the generated client: the hashes of what it was generated from, and of itself. */
const STAMP = '.generated-from';
/** Not in that folder: Prisma refuses one with files of others. */
const LOCK = 'node_modules/.cache/clean-flask-ts/generate.lock';

/**
 * Generates the Prisma client unless it is up to date. If another process is generating it, waits for
 * that and uses the result.
 *
 * @returns the exit status
 */
export async function generate(): Promise<number> {
  const output = outputFolder();
  if (isUpToDate(output)) return 0;
  await mkdir(path.dirname(LOCK), { recursive: true });
  while (!(await claim(LOCK))) {
    const [pid] = await readLock(LOCK);
    if (pid !== undefined) await sleep(POLL_MS);
  }
  try {
    return isUpToDate(output) ? 0 : await regenerate(output);
  } finally {
    await rm(LOCK, { force: true });
  }
}

async function regenerate(output: string): Promise<number> {
  const stamp = path.join(output, STAMP);
  const inputs = hashOfInputs();
  await rm(stamp, { force: true });
  const status = await runProgram('prisma', ['generate', '--no-hints']);
  if (status === 0) await writeFile(stamp, stampOf(inputs, output));
  return status;
}

function isUpToDate(output: string): boolean {
  const stamp = path.join(output, STAMP);
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === stampOf(hashOfInputs(), output);
}

function stampOf(inputs: string, output: string): string {
  const files = filesIn(output).filter((file) => path.basename(file) !== STAMP);
  return `${inputs} ${hashOf(files)}\n`;
}

/** Everything that the client depends on. */
function hashOfInputs(): string {
  const manifests = ['prisma/package.json', '@prisma/client/package.json'];
  return hashOf([
    ...filesIn(SCHEMA),
    PRISMA_CONFIG,
    ...manifests.map((manifest) => resolvePackageFile(manifest)),
  ]);
}

/** Where the generator block of the schema puts the client; relative to its own file. */
function outputFolder(): string {
  for (const file of filesIn(SCHEMA)) {
    const [, output] =
      /^\s*generator\s[^}]*?^\s*output\s*=\s*"(.+?)"/m.exec(readFileSync(file, 'utf8')) ?? [];
    if (output !== undefined) return path.resolve(path.dirname(file), output);
  }
  throw new Error(`No generator in ${SCHEMA} has an output`);
}
