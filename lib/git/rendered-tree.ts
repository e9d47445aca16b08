import type { RenderedFile } from '../files/render-folder.ts';
import { filesInTree } from './tree-files.ts';
import { gitIn } from './git.ts';
import { trailerKeys } from './trailers.ts';

/** A tree that a version of the generator rendered, and the commit that names it. */
export interface RenderedTree {
  readonly commit: string;
  readonly files: readonly RenderedFile[];
}

/** The trees that a version rendered, by the trailers of the commits that lead to this one; newest first. */
export async function* renderedTrees(
  directory: string,
  version: string,
): AsyncGenerator<RenderedTree> {
  const git = gitIn(directory);
  const values = Object.values(trailerKeys).map((key) => `%(trailers:key=${key},valueonly)`);
  const grep = ['--fixed-strings', `--grep=${trailerKeys.version}: ${version}`];
  const { failed, stdout } = await git([
    'log',
    ...grep,
    `--format=%x01%h%x00${values.join('%x00')}`,
  ]);
  if (failed) return;
  for (const entry of stdout.split('\x01').slice(1)) {
    const [commit = '', named, tree = ''] = entry.split('\0').map((value) => value.trim());
    // The name of a tree is a hash of its contents: one that is there is the right one.
    if (named !== version || !/^[\da-f]{40,64}$/.test(tree)) continue;
    if ((await git(['cat-file', '-e', `${tree}^{tree}`])).failed) continue;
    yield { commit, files: await filesInTree(directory, tree) };
  }
}
