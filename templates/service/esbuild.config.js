/**
 * How the sources are bundled. Packages stay in node_modules, except TypeBox: loading its hundreds of
 * small modules one by one would take a quarter of the start-up time.
 */
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

/** @type {import('esbuild').Plugin} */
const packagesOutside = {
  name: 'packages-outside',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^[^./]/ }, ({ kind, path }) => {
      const isBundled = kind === 'entry-point' || /^typebox(\/|$)/.test(path);
      return isBundled ? undefined : { path, external: true };
    });
  },
};

/**
 * Bundles the server and the management commands.
 *
 * @param {string} outdir in the folder of the service, so that packages are found
 */
export async function bundle(outdir) {
  await build({
    entryPoints: ['src/server.ts', 'src/management.ts'],
    outdir,
    bundle: true,
    splitting: true,
    chunkNames: '[name]-[hash]',
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: true,
    sourcesContent: false,
    logLevel: 'warning',
    plugins: [packagesOutside],
  });
}

if (process.argv[1] === import.meta.filename) {
  rmSync('dist', { recursive: true, force: true });
  await bundle('dist');
}
