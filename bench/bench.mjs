/**
 * Measures this generator and its peers side by side, in one run, and prints how many times as much
 * the peers need:
 *
 *     npm run bench [-- --runs 5]
 *
 * Needs Linux, GNU time, `script`, `cookiecutter`, and a registry for the peers. Writes
 * bench/results.json.
 */
import { execFileSync, spawn } from 'node:child_process';
import console from 'node:console';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { parseArgs } from 'node:util';

const root = path.resolve(import.meta.dirname, '..');
const work = mkdtempSync(path.join(tmpdir(), 'bench-'));
const OURS = 'clean-flask-ts';
const LIMIT_MS = 60_000;
const PEERS = { '@nestjs/cli': '12.0.8', 'fastify-cli': '8.0.2' };
const { runs } = parseArgs({ options: { runs: { type: 'string', default: '5' } } }).values;

/**
 * @typedef {object} Measurement
 * @property {number} wall in seconds
 * @property {number} cpu in seconds, of the process and all that it started
 * @property {number} memory the largest resident set, in MB
 * @property {number} [files] that were made
 *
 * @typedef {object} Contender
 * @property {string} name
 * @property {string[]} command
 * @property {string} [prompt] what its first question says
 */

try {
  await main();
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function main() {
  const peers = installPeers();
  const template = cookiecutterTemplate();
  const ours = ['node', path.join(root, 'dist', 'create', 'cli.js')];
  const nest = ['node', path.join(peers, '@nestjs', 'cli', 'bin', 'nest.js')];
  const fastify = ['node', path.join(peers, 'fastify-cli', 'cli.js')];
  const tarball = path.join(root, 'dist', 'packages');
  const [packed = ''] = readdirSync(tarball).filter((file) => /^create-.*\.tgz$/.test(file));

  const results = {
    'time to --version': await sideBySide([
      { name: OURS, command: [...ours, '--version'] },
      { name: 'cookiecutter', command: ['cookiecutter', '--version'] },
      { name: 'nest', command: [...nest, '--version'] },
      { name: 'fastify', command: [...fastify, 'version'] },
    ]),
    'time to the first prompt': await sideBySide([
      { name: OURS, command: ours, prompt: 'Folder of the service' },
      { name: 'cookiecutter', command: ['cookiecutter', template], prompt: 'name' },
      { name: 'nest', command: [...nest, 'new'], prompt: 'name' },
    ]),
    'whole render': await sideBySide([
      { name: OURS, command: [...ours, 'made', '--yes', '--skip-install', '--no-git'] },
      { name: 'cookiecutter', command: ['cookiecutter', '--no-input', template] },
      {
        name: 'nest',
        command: [...nest, 'new', 'made', '--skip-install', '--skip-git', '-p', 'npm'],
      },
      { name: 'fastify', command: [...fastify, 'generate', 'made'] },
    ]),
    'cold npm exec --version': await sideBySide([
      { name: OURS, command: npmExec(path.join(tarball, packed), 'create-clean-flask-ts') },
      { name: 'nest', command: npmExec(`@nestjs/cli@${PEERS['@nestjs/cli']}`, 'nest') },
      { name: 'fastify', command: npmExec(`fastify-cli@${PEERS['fastify-cli']}`, 'fastify') },
    ]),
  };
  writeFileSync(path.join(root, 'bench', 'results.json'), `${JSON.stringify(results, null, 2)}\n`);
  for (const [what, measured] of Object.entries(results)) print(what, measured);
}

/** @returns {string} the folder of the installed packages */
function installPeers() {
  const folder = path.join(work, 'peers');
  mkdirSync(folder);
  const specs = Object.entries(PEERS).map(([name, version]) => `${name}@${version}`);
  execFileSync('npm', ['install', '--no-save', '--no-audit', '--no-fund', ...specs], {
    cwd: folder,
    stdio: 'ignore',
  });
  return path.join(folder, 'node_modules');
}

/**
 * A template for cookiecutter that makes as many files as this generator, of the same sizes, with
 * one value in each.
 */
function cookiecutterTemplate() {
  const made = path.join(work, 'sample');
  const cli = path.join(root, 'dist', 'create', 'cli.js');
  execFileSync('node', [cli, made, '--yes', '--skip-install', '--no-git'], { stdio: 'ignore' });
  const template = path.join(work, 'template');
  for (const file of filesIn(made)) {
    const target = path.join(template, '{{cookiecutter.name}}', file);
    mkdirSync(path.dirname(target), { recursive: true });
    const text = readFileSync(path.join(made, file), 'utf8').replace(/[{}#%]/g, ' ');
    writeFileSync(target, `{{cookiecutter.name}}\n${text}`);
  }
  writeFileSync(path.join(template, 'cookiecutter.json'), '{"name": "made"}');
  return template;
}

/**
 * @param {string} spec
 * @param {string} program
 */
function npmExec(spec, program) {
  return ['npm', 'exec', '--yes', `--package=${spec}`, '--', program, '--version'];
}

/**
 * Measures in turn, so that whatever else the machine does meets all of them.
 *
 * @param {Contender[]} contenders
 * @returns {Promise<Record<string, Measurement>>} the run that took the least CPU, of each
 */
async function sideBySide(contenders) {
  /** @type {Record<string, Measurement>} */
  const best = {};
  for (let run = 0; run < Number(runs); run += 1) {
    for (const contender of contenders) {
      const measured = await measure(contender);
      const known = best[contender.name];
      if (known === undefined || measured.cpu < known.cpu) best[contender.name] = measured;
    }
  }
  return best;
}

/**
 * @param {Contender} contender
 * @returns {Promise<Measurement>}
 */
async function measure({ command, prompt }) {
  const cwd = mkdtempSync(path.join(work, 'run-'));
  const report = path.join(cwd, 'time.txt');
  const env = { ...process.env, npm_config_cache: path.join(cwd, 'cache'), npm_config_yes: 'true' };
  const timed = ['/usr/bin/time', '-q', '-o', report, '-f', '%e %U %S %M', ...command];
  const start = performance.now();
  const wall = (await run(timed, prompt, { cwd, env })) - start;
  const [, user = 0, system = 0, kilobytes = 0] = readFileSync(report, 'utf8')
    .split(' ')
    .map(Number);
  const made = path.join(cwd, 'made');
  const files = existsSync(made) ? filesIn(made).length : undefined;
  rmSync(cwd, { recursive: true, force: true });
  return {
    wall: wall / 1000,
    cpu: user + system,
    memory: kilobytes / 1024,
    ...(files !== undefined && { files }),
  };
}

/**
 * Runs a command to its end or, in a terminal, until a text appears in its output; then it is
 * interrupted.
 *
 * @param {string[]} command
 * @param {string | undefined} text
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>} when that was
 */
function run(command, text, options) {
  const quoted = command.map((word) => `'${word}'`).join(' ');
  const [program = '', ...rest] = text ? ['script', '-qefc', quoted, '/dev/null'] : command;
  const child = spawn(program, rest, {
    ...options,
    stdio: [text ? 'pipe' : 'ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  let output = '';
  let seen = 0;
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk) => {
      output += String(chunk);
      if (text === undefined || seen > 0 || !output.includes(text)) return;
      seen = performance.now();
      child.stdin?.write('\u0003');
    });
  }
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (status) => {
      if (text === undefined ? status === 0 : seen > 0) resolve(seen || performance.now());
      else reject(new Error(`${quoted} ended with ${status}:\n${output}`));
    });
  });
}

/**
 * @param {string} folder
 * @returns {string[]} their paths in the folder
 */
function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)));
}

/**
 * Prints a table; the numbers in brackets are how many times as much as ours.
 *
 * @param {string} what
 * @param {Record<string, Measurement>} measured
 */
function print(what, measured) {
  const ours = measured[OURS];
  if (ours === undefined) throw new Error(`${what} was not measured for ${OURS}`);
  /** @param {[string, Measurement]} entry */
  const row = ([name, it]) => ({
    what: name,
    'wall s': compared(it.wall, ours.wall),
    'cpu s': compared(it.cpu, ours.cpu),
    'memory MB': compared(it.memory, ours.memory),
    ...(it.files !== undefined &&
      ours.files !== undefined && {
        files: it.files,
        'cpu ms per file': compared((it.cpu / it.files) * 1000, (ours.cpu / ours.files) * 1000),
      }),
  });
  console.log(`\n${what}`);
  console.table(Object.entries(measured).map(row));
}

/**
 * @param {number} value
 * @param {number} ours
 */
function compared(value, ours) {
  return `${value.toPrecision(3)} (${(value / ours).toFixed(2)})`;
}
