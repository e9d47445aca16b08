/**
 * Packs what `npm run build` made into the two packages that are published: `dist/packages/*.tgz`.
 * Both hold one bundled program, the templates and the licences, and depend on nothing.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';

const root = path.resolve(import.meta.dirname, '..');
const packages = path.join(root, 'dist', 'packages');
/** @type {Record<string, unknown>} */
const manifest = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
const { version, description, license, type, engines, keywords } = manifest;
const shared = { version, description, license, type, engines };

rmSync(packages, { recursive: true, force: true });
pack({ name: 'generator-clean-flask-ts', keywords }, 'generators');
pack({ name: 'create-clean-flask-ts', bin: 'create/cli.js' }, 'create');

/**
 * @param {{ name: string, keywords?: unknown, bin?: string }} own
 * @param {string} program its folder in `dist`, and in the package
 */
function pack(own, program) {
  const folder = path.join(packages, own.name);
  mkdirSync(folder, { recursive: true });
  cpSync(path.join(root, 'dist', program), path.join(folder, program), { recursive: true });
  for (const file of ['templates', 'README.md', 'CHANGELOG.md', 'LICENSE']) {
    cpSync(path.join(root, file), path.join(folder, file), { recursive: true });
  }
  writeFileSync(
    path.join(folder, 'package.json'),
    `${JSON.stringify({ ...own, ...shared }, null, 2)}\n`,
  );
  const npm = process.env.npm_execpath;
  if (npm === undefined) throw new Error('Run this by npm run pack:all');
  execFileSync(
    process.execPath,
    [npm, 'pack', folder, '--pack-destination', packages, '--silent'],
    {
      stdio: 'inherit',
    },
  );
}
