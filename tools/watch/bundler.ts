import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Plugin } from 'esbuild';

const FOLDER = 'node_modules/.cache/clean-flask-ts/watch';

interface Bundler {
  /** Bundles the program, and returns the file; undefined if it cannot, which is reported. */
  bundle(): Promise<string | undefined>;
  /** Lets this process end. */
  dispose(): Promise<void>;
}

/**
 * Prepares to bundle a program without the packages that it imports. Node.js loads the bundle in half the
 * time that it takes to load TypeScript through a loader, which slows down every import of a package, too.
 */
export async function startBundler(entry: string): Promise<Bundler> {
  const outfile = path.join(FOLDER, `${path.basename(entry, '.ts')}.js`);
  // Loaded only here: in production it is not installed.
  const { context } = await import('esbuild');
  const esbuild = await context({
    entryPoints: [entry],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: `node${process.versions.node}`,
    keepNames: true,
    sourcemap: true,
    plugins: [importMetaOfSource],
  });
  return {
    bundle: async () => {
      try {
        await esbuild.rebuild();
        return outfile;
      } catch (error) {
        if (error instanceof Error && 'errors' in error) return undefined; // esbuild has printed them
        throw error;
      }
    },
    dispose: () => esbuild.dispose(),
  };
}

/** Each file's `import.meta` goes on to name that file. */
const importMetaOfSource: Plugin = {
  name: 'import-meta-of-source',
  setup: (build) => {
    build.onLoad({ filter: /\.ts$/ }, async ({ path: file }) => {
      const source = await readFile(file, 'utf8');
      if (!source.includes('import.meta.')) return undefined;
      const { code } = await build.esbuild.transform(source, {
        loader: 'ts',
        sourcefile: file,
        sourcemap: 'inline',
        define: {
          'import.meta.url': JSON.stringify(pathToFileURL(file)),
          'import.meta.filename': JSON.stringify(file),
          'import.meta.dirname': JSON.stringify(path.dirname(file)),
        },
      });
      return { contents: code, loader: 'js' };
    });
  },
};
