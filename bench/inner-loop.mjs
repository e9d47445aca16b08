/**
 * Measures what an engineer waits for in a made service, in one run and in turn, as ratios to what
 * cannot be avoided, and what the generator's check takes as a ratio to the install:
 *
 *     npm run bench:inner-loop [-- --runs 5]
 *
 * Needs Linux and a registry. Writes bench/inner-loop-results.json and prints the table of
 * docs/performance.md. Exits with 1 if something could not be measured, but not if a bar is missed: a noisy
 * machine misses bars, too.
 */
import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { devSession } from './dev-session.mjs';
import { ownEnvironment } from './own-environment.mjs';
import { costOf } from './measure.mjs';
import { load, report } from './rows.mjs';

/** @type {import('./rows.mjs').Row[]} */
const ROWS = [
  { what: '`npm run test:unit`', part: 'unitTests', unit: 'bare Vitest', bar: 3 },
  { what: 'one integration file', part: 'integrationFile', unit: 'bare Vitest', bar: 5 },
  { what: '`npm run dev` until ready', part: 'started', unit: 'loading', bar: 2 },
  { what: 'from saving a file until ready', part: 'restarted', unit: 'loading', bar: 1.3 },
  { what: '`npm run lint` after one change', part: 'changedLint', unit: 'first lint', bar: 1 / 3 },
  { what: 'check', part: 'selfCheck', unit: 'install', bar: 2 },
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
  const loads = [load()];
  const samples = [];
  for (let round = 0; round < Number(runs); round += 1) {
    samples.push(await measureOnce());
    loads.push(load());
  }
  report(RESULTS, ROWS, samples, loads);
}

/**
 * Makes a service and measures everything in it once.
 *
 * @returns {Promise<Record<string, import('./rows.mjs').Costs>>}
 */
async function measureOnce() {
  const service = path.join(work, 'service');
  const made = makeService(service);
  const inService = { cwd: service, env };
  const integration = 'tests/integration/api/todo/list.test.ts';
  await devSession(service, env); // creates the database
  const bareVitest = await costOfBareVitest(service);
  const unitTests = await costOf(['npm', 'run', 'test:unit'], inService);
  const integrationFile = await costOf(['npm', 'test', '--', integration], inService);
  const loading = await costOf([...LOAD, "await import('./src/create-app.ts')"], inService);
  const session = await devSession(service, env);
  rmSync(path.join(service, 'node_modules', '.cache'), { recursive: true });
  const firstLint = await costOf(['npm', 'run', 'lint'], inService);
  appendFileSync(path.join(service, 'src', 'routes.ts'), '// changed\n');
  const changedLint = await costOf(['npm', 'run', 'lint'], inService);
  rmSync(service, { recursive: true });
  return {
    ...{ ...made, unitTests, integrationFile, loading, changedLint },
    'bare Vitest': bareVitest,
    'first lint': firstLint,
    started: { wall: session.started },
    restarted: { wall: session.restarted },
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
  return {
    install: { wall: seconds('install') },
    selfCheck: { wall: seconds('generate') + longest },
  };
}

/** @param {string} service whose Vitest is used, with one test and nothing else */
async function costOfBareVitest(service) {
  const cwd = path.join(work, 'bare');
  mkdirSync(cwd, { recursive: true });
  writeFileSync(path.join(cwd, 'trivial.test.js'), TRIVIAL_TEST);
  writeFileSync(
    path.join(cwd, 'vitest.config.mjs'),
    'export default { test: { globals: true } };\n',
  );
  const vitest = path.join(service, 'node_modules', 'vitest', 'vitest.mjs');
  return costOf(['node', vitest, 'run', '--config', 'vitest.config.mjs'], { cwd, env });
}
