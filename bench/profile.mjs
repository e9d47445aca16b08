/** Says where the time of this generator's own whole render goes. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import { RENDER_FLAGS } from './contenders.mjs';

const root = path.resolve(import.meta.dirname, '..');

/**
 * @typedef {object} CallFrame
 * @property {string} functionName
 * @property {string} url
 *
 * @typedef {object} Node
 * @property {number} id
 * @property {CallFrame} callFrame
 * @property {number[]} [children]
 *
 * @typedef {{ nodes: Node[], samples: number[], timeDeltas: number[] }} Profile
 */

/**
 * What a sample is counted as: by the innermost of its callers that one of these fits.
 *
 * @type {[string, (frame: CallFrame) => boolean][]}
 */
const PARTS = [
  ['collecting garbage', ({ functionName }) => functionName === '(garbage collector)'],
  ['waiting', ({ functionName }) => functionName === '(idle)'],
  ['rendering', ({ functionName }) => functionName === 'renderService'],
  ['comparing with the disk', ({ functionName }) => functionName === 'compareWithDisk'],
  ['writing', ({ functionName }) => functionName === 'writeEach'],
  ['loading modules', ({ url }) => url.startsWith('node:internal/modules/')],
];
const REST = 'the rest: the start of Node.js, and Yeoman';

/**
 * Runs whole renders under the profiler.
 *
 * @param {string} work a folder to run in
 * @param {number} times
 * @returns {Record<string, number>} milliseconds by part, of the run that took the least
 */
export function profileOfRender(work, times) {
  const bundle = path.join(root, 'scripts', 'bundle.mjs');
  execFileSync(process.execPath, [bundle, '--readable'], { stdio: 'inherit' });
  const total = (/** @type {Record<string, number>} */ parts) =>
    Object.values(parts).reduce((sum, part) => sum + part, 0);
  const [least = {}] = Array.from({ length: times }, () => once(work)).sort(
    (a, b) => total(a) - total(b),
  );
  return least;
}

/** @param {string} work */
function once(work) {
  const cwd = mkdtempSync(path.join(work, 'profile-'));
  const cli = path.join(root, 'dist', 'readable', 'create', 'cli.js');
  const profiler = ['--cpu-prof', '--cpu-prof-dir=profile', '--cpu-prof-interval=200'];
  execFileSync(process.execPath, [...profiler, cli, ...RENDER_FLAGS], { cwd, stdio: 'ignore' });
  const [file = ''] = readdirSync(path.join(cwd, 'profile'));
  /** @type {Profile} */
  const profile = JSON.parse(readFileSync(path.join(cwd, 'profile', file), 'utf8'));
  return split(profile);
}

/** @param {Profile} profile */
function split({ nodes, samples, timeDeltas }) {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((it) => [it, id])));
  /** @type {Record<string, number>} */
  const parts = Object.fromEntries([...PARTS.map(([name]) => name), REST].map((it) => [it, 0]));
  samples.forEach((id, index) => {
    const part = partOf(id, byId, parents);
    parts[part] = (parts[part] ?? 0) + (timeDeltas[index] ?? 0) / 1000;
  });
  return parts;
}

/**
 * @param {number | undefined} id
 * @param {Map<number, Node>} byId
 * @param {Map<number, number>} parents
 * @returns {string}
 */
function partOf(id, byId, parents) {
  const frame = id === undefined ? undefined : byId.get(id)?.callFrame;
  if (id === undefined || frame === undefined) return REST;
  const [part] = PARTS.find(([, fits]) => fits(frame)) ?? [];
  return part ?? partOf(parents.get(id), byId, parents);
}
