import { execa } from 'execa';
import type { RenderedFile } from '../files/render-folder.ts';
import { childEnvironment } from '../process/child-environment.ts';
import { gitIn } from './git.ts';

const MAX_OUTPUT = 256 * 1024 * 1024;
const NEWLINE = 1;

/** The files of a tree as git stores them, but for links and submodules. */
export async function filesInTree(directory: string, tree: string): Promise<RenderedFile[]> {
  const listed = await gitIn(directory)(['ls-tree', '-r', '-z', '--full-tree', tree]);
  if (listed.failed) throw new Error(`git ls-tree failed: ${listed.stderr}`);
  const entries = listed.stdout
    .split('\0')
    .map((line) => /^100\d+ blob (\w+)\t([^]+)$/.exec(line))
    .flatMap((found) => (found ? [{ object: found[1] ?? '', path: found[2] ?? '' }] : []));
  const contents = await objects(
    directory,
    entries.map(({ object }) => object),
  );
  return entries.map(({ path }, index) => ({ path, contents: contents[index] ?? Buffer.of() }));
}

/** The contents of objects, in one run of git. */
async function objects(directory: string, names: readonly string[]): Promise<Buffer[]> {
  const { stdout } = await execa('git', ['cat-file', '--batch'], {
    cwd: directory,
    env: childEnvironment(process.env),
    extendEnv: false,
    input: names.map((name) => `${name}\n`).join(''),
    encoding: 'buffer',
    stripFinalNewline: false,
    maxBuffer: MAX_OUTPUT,
  });
  const output = Buffer.from(stdout);
  const found: Buffer[] = [];
  for (let start = 0; start < output.length;) {
    const end = output.indexOf('\n', start);
    const size = Number(output.toString('utf8', start, end).split(' ')[2]);
    if (Number.isNaN(size)) throw new Error(`git cat-file: ${output.toString('utf8', start, end)}`);
    found.push(output.subarray(end + NEWLINE, end + NEWLINE + size));
    start = end + NEWLINE + size + NEWLINE;
  }
  return found;
}
