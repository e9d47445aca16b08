/** What is measured: this generator and its peers, each with the same work. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { filesIn, MADE } from './measure.mjs';

/** @import { Contender } from './measure.mjs' */

export const OURS = 'clean-flask-ts';
export const COOKIECUTTER = 'cookiecutter';
export const PEERS = { '@nestjs/cli': '12.0.8', 'fastify-cli': '8.0.2' };
const root = path.resolve(import.meta.dirname, '..');
const cli = path.join(root, 'dist', 'create', 'cli.js');
/** So that what is rendered is written, and nothing else is done. */
export const RENDER_FLAGS = [MADE, '--yes', '--skip-install', '--no-git'];
const RENDER = ['node', cli, ...RENDER_FLAGS];

/**
 * Installs the peers.
 *
 * @param {string} work a folder for them
 * @returns {Record<'version' | 'prompt' | 'render' | 'exec', Contender[]>} by what is measured
 */
export function contenders(work) {
  const peers = installPeers(work);
  const template = cookiecutterTemplate(work);
  const cookiecutter = [COOKIECUTTER, '--config-file', cookiecutterConfig(work)];
  const nest = ['node', path.join(peers, '@nestjs', 'cli', 'bin', 'nest.js')];
  const fastify = ['node', path.join(peers, 'fastify-cli', 'cli.js')];
  const newNest = [...nest, 'new', MADE, '--skip-install', '--skip-git', '-p', 'npm'];
  return {
    version: [
      { name: OURS, command: ['node', cli, '--version'] },
      { name: COOKIECUTTER, command: [...cookiecutter, '--version'] },
      { name: 'nest', command: [...nest, '--version'] },
      { name: 'fastify', command: [...fastify, 'version'] },
    ],
    prompt: [
      { name: OURS, command: ['node', cli], prompt: 'Folder of the service' },
      { name: COOKIECUTTER, command: [...cookiecutter, template], prompt: 'name' },
      { name: 'nest', command: [...nest, 'new'], prompt: 'name' },
    ],
    render: [
      { name: OURS, command: RENDER },
      { name: COOKIECUTTER, command: [...cookiecutter, '--no-input', template] },
      { name: 'nest', command: newNest },
      { name: 'fastify', command: [...fastify, 'generate', MADE] },
    ],
    exec: [
      { name: OURS, command: npmExec(tarball(), 'create-clean-flask-ts') },
      { name: 'nest', command: npmExec(`@nestjs/cli@${PEERS['@nestjs/cli']}`, 'nest') },
      { name: 'fastify', command: npmExec(`fastify-cli@${PEERS['fastify-cli']}`, 'fastify') },
    ],
  };
}

/** @returns {string} the version of cookiecutter, as it says it */
export function cookiecutterVersion() {
  return execFileSync('cookiecutter', ['--version'], { encoding: 'utf8' }).split(' ')[1] ?? '';
}

function tarball() {
  const folder = path.join(root, 'dist', 'packages');
  const [packed] = readdirSync(folder).filter((file) => /^create-.*\.tgz$/.test(file));
  if (packed === undefined) throw new Error(`There is no package of npm create in ${folder}`);
  return path.join(folder, packed);
}

/**
 * @param {string} spec
 * @param {string} program
 */
function npmExec(spec, program) {
  return ['npm', 'exec', '--yes', `--package=${spec}`, '--', program, '--version'];
}

/**
 * @param {string} work
 * @returns {string} the folder of the installed packages
 */
function installPeers(work) {
  const cwd = path.join(work, 'peers');
  mkdirSync(cwd);
  const specs = Object.entries(PEERS).map(([name, version]) => `${name}@${version}`);
  const quiet = ['--no-save', '--no-audit', '--no-fund'];
  execFileSync('npm', ['install', ...quiet, ...specs], { cwd, stdio: 'ignore' });
  return path.join(cwd, 'node_modules');
}

/**
 * Keeps cookiecutter's answers out of the home of whoever measures.
 *
 * @param {string} work
 */
function cookiecutterConfig(work) {
  const file = path.join(work, 'cookiecutter.yaml');
  writeFileSync(file, `replay_dir: "${path.join(work, 'replay')}"\n`);
  return file;
}

/**
 * Makes a template for cookiecutter of as many files as this generator makes, of the same sizes, with
 * one value in each.
 *
 * @param {string} work
 */
function cookiecutterTemplate(work) {
  const [program = '', ...args] = RENDER;
  execFileSync(program, args, { cwd: work, stdio: 'ignore' });
  const template = path.join(work, 'template');
  for (const file of filesIn(path.join(work, MADE))) {
    const target = path.join(template, '{{cookiecutter.name}}', file);
    mkdirSync(path.dirname(target), { recursive: true });
    const text = readFileSync(path.join(work, MADE, file), 'utf8').replace(/[{}#%]/g, ' ');
    writeFileSync(target, `{{cookiecutter.name}}\n${text}`);
  }
  writeFileSync(path.join(template, 'cookiecutter.json'), JSON.stringify({ name: MADE }));
  return template;
}
