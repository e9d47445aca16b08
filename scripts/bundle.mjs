/**
 * Bundles each entry point into one program without dependencies, in `dist`:
 *
 *     create/cli.js                 npm create clean-flask-ts
 *     generators/app/index.js       yo clean-flask-ts
 *     generators/resource/index.js  yo clean-flask-ts:resource
 *     generators/update/index.js    yo clean-flask-ts:update
 *     scripts/                      what is only run in a checkout
 *
 * and the programs that travel with a made service into single files, in `templates/service/tools`.
 *
 * The licences of the bundled packages are next to each entry point. With `--readable`, all of it
 * keeps its names, for a profile, and is written to `dist/readable`.
 */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import ts from 'typescript';

const root = path.resolve(import.meta.dirname, '..');
const { readable } = parseArgs({ options: { readable: { type: 'boolean' } } }).values;
const dist = path.join(root, 'dist', readable ? 'readable' : '');

/**
 * What has to be changed in a package so that it runs from a bundle: it reads the manifest next to
 * it, or loads what nothing here uses.
 *
 * @type {Record<string, [string, (packageFolder: string) => string]>}
 */
const PATCHES = {
  'yeoman-environment/dist/environment-base.js': [
    "require('../package.json').version",
    (folder) => JSON.stringify(manifestOf(folder).version),
  ],
  'yeoman-environment/dist/module-lookup.js': [
    "JSON.parse(readFileSync(join(PROJECT_ROOT, 'package.json')).toString()).name",
    (folder) => JSON.stringify(manifestOf(folder).name),
  ],
  'yeoman-generator/dist/generator.js': [
    "JSON.parse(readFileSync(pathJoin(_dirname, '../package.json'), 'utf8'))",
    (folder) => JSON.stringify({ version: manifestOf(folder).version }),
  ],
};

/**
 * Packages that are imported and never used here, because they install or update others or open an
 * editor to answer in, and what is imported from them.
 *
 * @type {Record<string, string[]>}
 */
const UNUSED = {
  '@inquirer/external-editor': ['editAsync'],
  'fly-import': ['FlyRepository', 'flyImport'],
  'latest-version': ['default'],
  'simple-git': ['simpleGit', 'CheckRepoActions', 'CleanOptions'],
};

/** The programs of a made service, and what each is. */
const TOOLS = {
  database: "The commands behind this project's package.json scripts.",
  prisma: 'Makes the Prisma CLI use the schema engine in this folder.',
  'schema-engine': "Prisma's schema engine in WebAssembly, as a program for the Prisma CLI.",
  'test-database': 'Embedded databases for test files.',
};
/** Those that TypeScript imports. */
const TYPED_TOOLS = ['prisma', 'test-database'];

/** @type {Set<string>} */
const patched = new Set();

/** @type {import('esbuild').Plugin} */
const patches = {
  name: 'patches',
  setup: (build) => {
    build.onLoad({ filter: /[\\/]yeoman-\w+[\\/]dist[\\/]/ }, ({ path: file }) => {
      const name = nameInPackages(file);
      const patch = PATCHES[name];
      if (patch === undefined) return undefined;
      patched.add(name);
      return { contents: applied(file, patch), loader: 'js' };
    });
  },
};

/** @type {import('esbuild').Plugin} */
const stubs = {
  name: 'stubs',
  setup: (build) => {
    const filter = new RegExp(`^(${Object.keys(UNUSED).join('|')})$`);
    build.onResolve({ filter }, ({ path: name }) => ({ path: name, namespace: 'stub' }));
    build.onLoad({ filter: /.*/, namespace: 'stub' }, ({ path: name }) => ({
      contents: ['class NotBundled {}', ...(UNUSED[name] ?? []).map(asNotBundled)].join('\n'),
    }));
  },
};

rmSync(dist, { recursive: true, force: true });
await bundleEntryPoints('create', ['cli.ts']);
await bundleEntryPoints('generators', ['app/index.ts', 'resource/index.ts', 'update/index.ts']);
const unpatched = Object.keys(PATCHES).filter((file) => !patched.has(file));
if (unpatched.length > 0) throw new Error(`Nothing bundled is ${unpatched.join(', ')}`);
await build({
  ...settings(),
  entryPoints: [path.join(root, 'scripts/refresh-lock.ts')],
  outdir: path.join(dist, 'scripts'),
  packages: 'external',
});
if (!readable) await bundleTools(path.join(root, 'templates/service/tools'));

/** @param {string} folder */
async function bundleTools(folder) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  copyFileSync(path.join(root, 'tools/README.md'), path.join(folder, 'README.md'));
  for (const [name, what] of Object.entries(TOOLS)) {
    const header = `${toolHeader(name, what)}\n`;
    await build({
      ...settings(),
      entryPoints: [toolSource(name)],
      outfile: path.join(folder, `${name}.mjs`),
      // The made service depends on them.
      packages: 'external',
      // Started by other programs: Node.js itself on POSIX, and by execa on Windows.
      banner: { js: name === 'schema-engine' ? `#!/usr/bin/env node\n${header}` : header },
    });
    if (!TYPED_TOOLS.includes(name)) continue;
    const types = ts.transpileDeclaration(readFileSync(toolSource(name), 'utf8'), {
      fileName: toolSource(name),
      reportDiagnostics: true,
    });
    if (types.diagnostics?.length) throw new Error(`${name}: its exports need explicit types`);
    writeFileSync(path.join(folder, `${name}.d.mts`), `${header}${types.outputText}`);
  }
}

/** @param {string} name */
function toolSource(name) {
  return path.join(root, 'tools', name, `${name}.ts`);
}

/**
 * @param {string} name
 * @param {string} what
 */
function toolHeader(name, what) {
  return [
    '/*',
    ` * ${what}`,
    ` * Generated by generator-clean-flask-ts ${manifestOf(root).version}, do not edit.`,
    ` * Source: tools/${name} in the repository of generator-clean-flask-ts. MIT licence.`,
    ' */',
  ].join('\n');
}

/**
 * @param {string} folder of the sources, and in `dist`
 * @param {readonly string[]} entries
 */
async function bundleEntryPoints(folder, entries) {
  const outdir = path.join(dist, folder);
  const { metafile } = await build({
    ...settings(),
    entryPoints: entries.map((entry) => path.join(root, folder, entry)),
    outbase: path.join(root, folder),
    outdir,
    splitting: true,
    minify: !readable,
    // Names are part of messages.
    keepNames: true,
    legalComments: 'none',
    metafile: true,
    // Packages in CommonJS ask for Node's own modules by require.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
    plugins: [patches, stubs],
  });
  const texts = licences(Object.keys(metafile.inputs));
  writeFileSync(path.join(outdir, 'THIRD-PARTY-LICENSES.txt'), texts);
}

/** @returns {import('esbuild').BuildOptions} */
function settings() {
  return {
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    logLevel: 'warning',
  };
}

/**
 * @param {string} file
 * @param {[string, (packageFolder: string) => string]} patch
 */
function applied(file, [from, to]) {
  const parts = readFileSync(file, 'utf8').split(from);
  if (parts.length !== 2) throw new Error(`${file} holds ${from} ${parts.length - 1} times`);
  return parts.join(to(packageFolderOf(file)));
}

/** @param {string} name */
function asNotBundled(name) {
  return `export { NotBundled as ${name} };`;
}

/**
 * The licence texts of the packages that files belong to.
 *
 * @param {string[]} files
 */
function licences(files) {
  const folders = new Set(
    files.filter((file) => file.includes('node_modules/')).map(packageFolderOf),
  );
  return [...folders].sort().map(licenceOf).join('\n');
}

/** @param {string} folder */
function licenceOf(folder) {
  const { name, version, license } = manifestOf(folder);
  const texts = readdirSync(folder)
    .filter((file) => /^(licen[cs]e|copying|notice)/i.test(file))
    .map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
  if (license === undefined && texts.length === 0) throw new Error(`${name} names no licence`);
  return ['-'.repeat(80), `${name} ${version}: ${license}`, '', ...texts, ''].join('\n');
}

/** @param {string} file */
function nameInPackages(file) {
  return file.replaceAll('\\', '/').split('node_modules/').at(-1) ?? file;
}

/** @param {string} file */
function packageFolderOf(file) {
  const [, name = ''] = /^((?:@[^/]+\/)?[^/]+)/.exec(nameInPackages(file)) ?? [];
  const end = file.replaceAll('\\', '/').lastIndexOf(`node_modules/${name}`);
  return path.resolve(root, file.slice(0, end), 'node_modules', name);
}

/**
 * @param {string} folder
 * @returns {{ name: string, version: string, license?: string }}
 */
function manifestOf(folder) {
  /** @type {{ name: string, version: string, license?: string }} */
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  return manifest;
}
