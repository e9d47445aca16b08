/**
 * Measures what an engineer waits for in a made service, in one run and in turn, as ratios to what
 * cannot be avoided:
 *
 *     npm run bench:inner-loop [-- --runs 5]
 *
 * Needs Linux and a registry. Writes bench/inner-loop-results.json. Ends with 1 when something could not
 * be measured, but not when a bar is missed: how noisy the machine was is for people to judge.
 */
import { execFileSync } from 'node:child_process';
import console from 'node:console';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { devSession } from './dev-session.mjs';
import { secondsOf, spread } from './measure.mjs';

/**
 * @typedef {object} Row
 * @property {string} what
 * @property {keyof Sample} part
 * @property {keyof Sample} unit
 * @property {number} bar how many units it may take
 *
 * @typedef {Awaited<ReturnType<typeof measureOnce>>} Sample seconds by what was measured
 */

/** @type {Row[]} */
const ROWS = [
  { what: 'npm run test:unit', part: 'unitTests', unit: 'bareVitest', bar: 3 },
  { what: 'one integration file', part: 'integrationFile', unit: 'bareVitest', bar: 5 },
  { what: 'npm run dev until ready', part: 'started', unit: 'loading', bar: 2 },
  { what: 'from saving a file until ready', part: 'restarted', unit: 'loading', bar: 1.3 },
  { what: 'npm run lint after one change', part: 'changedLint', unit: 'firstLint', bar: 1 / 3 },
  { what: 'self-check', part: 'selfCheck', unit: 'install', bar: 2 },
];
const RESULTS = path.join(import.meta.dirname, 'inner-loop-results.json');
const CLI = path.resolve(import.meta.dirname, '..', 'dist', 'create', 'cli.js');
const TRIVIAL_TEST = "test('trivial', () => expect(1).toBe(1));\n";
const LOAD = ['node', '--import', 'tsx', '--input-type=module', '--eval'];

const { runs } = parseArgs({ options: { runs: { type: 'string', default: '5' } } }).values;
const env = ownEnvironment();
const work = mkdtempSync(path.join(tmpdir(), 'bench-'));
try {
  await main();
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function main() {
  const load = [loadavg()[0]];
  /** @type {Sample[]} */
  const samples = [];
  for (let round = 0; round < Number(runs); round += 1) {
    samples.push(await measureOnce());
    load.push(loadavg()[0]);
  }
  const environment = {
    node: process.version,
    cpu: `${cpus().length} × ${cpus()[0]?.model}`,
    load,
  };
  const rows = ROWS.map((row) => rowOf(row, samples));
  writeFileSync(RESULTS, `${JSON.stringify({ environment, rows, samples }, null, 2)}\n`);
  console.table(rows);
  console.log(`load average from round to round: ${load.map((it) => it?.toFixed(1)).join(', ')}`);
}

/** Makes a service and measures everything in it once. */
async function measureOnce() {
  const service = path.join(work, 'service');
  const made = makeService(service);
  const inService = { cwd: service, env };
  const integration = 'tests/integration/api/todo/get.test.ts';
  await devSession(service, env); // creates the database
  const bareVitest = await secondsOfBareVitest(service);
  const unitTests = await secondsOf(['npm', 'run', 'test:unit'], inService);
  const integrationFile = await secondsOf(['npm', 'test', '--', integration], inService);
  const loading = await secondsOf([...LOAD, "await import('./src/create-app.ts')"], inService);
  const { started, restarted } = await devSession(service, env);
  rmSync(path.join(service, 'node_modules', '.cache'), { recursive: true });
  const firstLint = await secondsOf(['npm', 'run', 'lint'], inService);
  appendFileSync(path.join(service, 'src', 'routes.ts'), '// changed\n');
  const changedLint = await secondsOf(['npm', 'run', 'lint'], inService);
  rmSync(service, { recursive: true });
  return {
    ...{ ...made, bareVitest, unitTests, integrationFile },
    ...{ loading, started, restarted, firstLint, changedLint },
  };
}

/**
 * Makes a service as the generator's user does.
 *
 * @param {string} service
 * @returns what its install and its checks took, in seconds; the latter run side by side
 */
function makeService(service) {
  const flags = ['--yes', '--no-git', '--json'];
  const output = execFileSync('node', [CLI, service, ...flags], { env, encoding: 'utf8' });
  /** @type {{ steps: { name: string, seconds: number }[] }} */
  const { steps } = JSON.parse(output);
  const seconds = (/** @type {string} */ name) => {
    const step = steps.find((it) => it.name === name);
    if (step === undefined) throw new Error(`The generator reported no step "${name}"`);
    return step.seconds;
  };
  const longest = Math.max(...['lint', 'types', 'test'].map(seconds));
  return { install: seconds('install'), selfCheck: seconds('generate') + longest };
}

/** @param {string} service whose Vitest is used, with one test and nothing else */
async function secondsOfBareVitest(service) {
  const cwd = path.join(work, 'bare');
  mkdirSync(cwd, { recursive: true });
  writeFileSync(path.join(cwd, 'trivial.test.js'), TRIVIAL_TEST);
  writeFileSync(
    path.join(cwd, 'vitest.config.mjs'),
    'export default { test: { globals: true } };\n',
  );
  const vitest = path.join(service, 'node_modules', 'vitest', 'vitest.mjs');
  return secondsOf(['node', vitest, 'run', '--config', 'vitest.config.mjs'], { cwd, env });
}

/**
 * @param {Row} row
 * @param {Sample[]} samples
 */
function rowOf({ what, part, unit, bar }, samples) {
  const ratios = samples.map((sample) => sample[part] / sample[unit]);
  const { median, least, most } = spread(ratios);
  return {
    what,
    'median s': rounded(spread(samples.map((sample) => sample[part])).median),
    unit: `${unit}, ${rounded(spread(samples.map((sample) => sample[unit])).median)} s`,
    bar: rounded(bar),
    ratio: rounded(median),
    'from–to': `${rounded(least)}–${rounded(most)}`,
    verdict: median <= bar ? 'met' : 'MISSED',
  };
}

/** Nothing of whoever started this decides what a command does, but how to reach a registry. */
function ownEnvironment() {
  const kept =
    /^(path|home|tmpdir|node_extra_ca_certs|\w+_proxy|npm_config_(registry|cache|userconfig))$/i;
  const entries = Object.entries(process.env).filter(([name]) => kept.test(name));
  return { ...Object.fromEntries(entries), NO_COLOR: '1', TEST_DATABASE: 'embedded' };
}

/** @param {number} value */
function rounded(value) {
  return Number(value.toPrecision(3));
}
