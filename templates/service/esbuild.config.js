/**
 * Bundles the sources into `dist`. Packages stay in node_modules, except TypeBox: loading its hundreds
 * of small modules one by one would take a quarter of the start-up time.
 */
import { rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** @type {import('esbuild').Plugin} */
const bundleTypeBox = {
  name: 'bundle-typebox',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^typebox(\/|$)/ }, ({ path }) => ({
      path: fileURLToPath(import.meta.resolve(path)),
    }));
  },
};

rmSync('dist', { recursive: true, force: true });
await build({
  entryPoints: ['src/server.ts', 'src/management.ts'],
  outdir: 'dist',
  bundle: true,
  splitting: true,
  chunkNames: '[name]-[hash]',
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
  packages: 'external',
  plugins: [bundleTypeBox],
});
