/**
 * Bundles the sources into `dist`. Packages stay in node_modules, except TypeBox: loading its hundreds
 * of small modules one by one would take a quarter of the start-up time.
 */
import { rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

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
  alias: { typebox: relativePathOf('typebox') },
});

/**
 * The entry point of a package as a relative path, which esbuild bundles like a source file.
 *
 * @param {string} name
 */
function relativePathOf(name) {
  const file = path.relative('.', fileURLToPath(import.meta.resolve(name)));
  return `./${file.replaceAll('\\', '/')}`;
}
