import { posix } from 'node:path';
import { exitStatus } from '../errors/exit-status.ts';
import { GeneratorError } from '../errors/generator-error.ts';
import type { RenderedFile } from '../files/render-folder.ts';

const IMPORT = /(?<=\b(?:from|import)\s*\(?\s*)(['"])(\.\.?\/[^'"\n]+)\1/g;

/**
 * Corrects the imports of merged files where they name a rendered file that the user moved. A moved
 * file is recognised by its name: it is the only one of that name that is not where it was rendered.
 *
 * @param paths all files of the directory after the merge, with forward slashes
 * @param rendered the paths of the files as they are rendered
 * @throws {GeneratorError} when an imported file was renamed or removed
 */
export function followMoves(
  files: readonly RenderedFile[],
  paths: readonly string[],
  rendered: readonly string[],
): RenderedFile[] {
  const moves = movesOf(paths, rendered);
  const present = new Set(paths);
  const missing: string[] = [];
  const followed = files.map((file) => {
    if (!/\.[cm]?tsx?$/.test(file.path)) return file;
    const before = file.contents.toString();
    const text = before.replace(IMPORT, (all, quote: string, specifier: string) => {
      if (present.has(resolve(file.path, specifier))) return all;
      const meant = resolve(moves.origins.get(file.path) ?? file.path, specifier);
      const place = present.has(meant) ? meant : moves.places.get(meant);
      if (place !== undefined) return quote + specifierOf(file.path, place) + quote;
      if (rendered.includes(meant)) missing.push(`  ${file.path}: ${meant}`);
      return all;
    });
    return text === before ? file : { path: file.path, contents: Buffer.from(text) };
  });
  if (missing.length === 0) return followed;
  throw new GeneratorError(exitStatus.mergeConflict, {
    reason: ['These files would import files that were renamed or removed:', ...missing].join('\n'),
    hint: 'Nothing was written. Give the files their names back, in any folder, then repeat the command.',
  });
}

/** Where moved files are by where they were rendered, and the other way round. */
interface Moves {
  readonly places: ReadonlyMap<string, string>;
  readonly origins: ReadonlyMap<string, string>;
}

function movesOf(paths: readonly string[], rendered: readonly string[]): Moves {
  const [present, known] = [new Set(paths), new Set(rendered)];
  const strays = paths.filter((path) => !known.has(path));
  const pairs = rendered
    .filter((path) => !present.has(path))
    .flatMap((path): [string, string][] => {
      const [place, ...others] = strays.filter((stray) => isNamed(stray, path));
      return place === undefined || others.length > 0 ? [] : [[path, place]];
    });
  return {
    places: new Map(pairs),
    origins: new Map(pairs.map(([path, place]) => [place, path])),
  };
}

/** Whether files have the same name, and both are sources, or both are tests. */
function isNamed(path: string, other: string): boolean {
  const [[top], [otherTop]] = [path.split('/'), other.split('/')];
  return top === otherTop && posix.basename(path) === posix.basename(other);
}

function resolve(importer: string, specifier: string): string {
  return posix.join(posix.dirname(importer), specifier);
}

function specifierOf(importer: string, path: string): string {
  const specifier = posix.relative(posix.dirname(importer), path);
  return specifier.startsWith('.') ? specifier : `./${specifier}`;
}
