/**
 * Measures how a made service grows with its resources, each with six fields, every third one a
 * reference: what it takes to generate them in one run, to lint, to check types, to test and to start.
 *
 *     npm run bench:resources [-- --counts 1,10,30,100]
 *
 * Needs Linux and a registry. Writes bench/resources-results.json and prints the table of
 * docs/performance.md, in multiples of what the first count takes.
 */
import { execFileSync, spawn } from 'node:child_process';
import console from 'node:console';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { costOf } from './measure.mjs';
import { ownEnvironment } from './own-environment.mjs';
import { load } from './rows.mjs';

const CLI = path.resolve(import.meta.dirname, '..', 'dist', 'create', 'cli.js');
const RESULTS = path.join(import.meta.dirname, 'resources-results.json');
const FIELDS_OF_ONE = 6;
const EVERY_REFERENCE = 3;
const POLL_MS = 20;
/** That of a hang: a busy machine may be slow. */
const LIMIT_MS = 600_000;

const { counts } = parseArgs({
  options: { counts: { type: 'string', default: '1,10,30,100' } },
}).values;
const env = ownEnvironment();
const work = mkdtempSync(path.join(tmpdir(), 'bench-'));
try {
  await main(counts.split(',').map(Number));
} finally {
  rmSync(work, { recursive: true, force: true });
}

/** @param {number[]} all */
async function main(all) {
  const service = path.join(work, 'service');
  run(['node', CLI, service, '--yes', '--skip-check', '--no-git', '--no-example']);
  /** @type {(Record<string, number> & { count: number })[]} */
  const rows = [];
  const loads = [load()];
  let present = 0;
  for (const count of all) {
    const generated = await addResources(service, present, count);
    present = count;
    rows.push({ count, generate: generated, ...(await costsOf(service)) });
    loads.push(load());
  }
  writeFileSync(RESULTS, `${JSON.stringify({ node: process.version, loads, rows }, null, 2)}\n`);
  print(rows);
  console.log(`\nLoad average from row to row: ${loads.map((it) => it.toFixed(1)).join(', ')}`);
}

/**
 * Adds the resources from a number on, in one run.
 *
 * @param {string} service
 * @param {number} present
 * @param {number} count
 * @returns {Promise<number>} seconds of CPU for each resource
 */
async function addResources(service, present, count) {
  const numbers = Array.from({ length: count - present }, (_, index) => present + index);
  const file = path.join(work, 'resources.json');
  writeFileSync(file, JSON.stringify(Object.fromEntries(numbers.map(definition))));
  const command = ['node', CLI, 'resource', '--from', file, '--in', service, '--skip-check'];
  const { cpu } = await costOf(command, { cwd: work, env });
  return cpu / numbers.length;
}

/** @param {number} number */
function definition(number) {
  const fields = Array.from({ length: FIELDS_OF_ONE }, (_, index) =>
    index % EVERY_REFERENCE === EVERY_REFERENCE - 1 && number > 0
      ? `field_${index}:references(entity-${number - 1})?`
      : `field_${index}:${['string(100)', 'int?', 'boolean=false', 'date'][index % 4]}`,
  );
  return [`entity-${number}`, fields];
}

/**
 * @param {string} service
 * @returns {Promise<Record<string, number>>} seconds of CPU, and the memory in MB
 */
async function costsOf(service) {
  const inService = { cwd: service, env };
  run(['npm', 'run', 'build'], service);
  rmSync(path.join(service, 'node_modules', '.cache'), { recursive: true, force: true });
  const types = await costOf(['npm', 'run', 'type-check'], inService);
  const lint = await costOf(['npm', 'run', 'lint:style'], inService);
  const tests = await costOf(['npm', 'test'], inService);
  // The second start finds the database migrated.
  await start(service);
  return { types: types.cpu, lint: lint.cpu, tests: tests.cpu, ...(await start(service)) };
}

/**
 * Starts the built service until it is ready.
 *
 * @param {string} cwd
 */
async function start(cwd) {
  const port = 20_000 + (process.pid % 20_000);
  const options = { cwd, env: { ...env, HOST: '127.0.0.1', PORT: String(port) }, detached: true };
  const since = performance.now();
  const child = spawn('npm', ['start'], { ...options, stdio: 'ignore' });
  const ended = new Promise((resolve) => {
    child.once('close', resolve);
  });
  try {
    while (!(await isReady(port))) {
      if (performance.now() - since > LIMIT_MS) throw new Error('The service did not become ready');
      await sleep(POLL_MS);
    }
    return { start: (performance.now() - since) / 1000, memory: memoryOfServer(child.pid ?? 0) };
  } finally {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGTERM');
    await ended;
  }
}

/** @param {number} port */
async function isReady(port) {
  try {
    return (await globalThis.fetch(`http://127.0.0.1:${port}/health/ready`)).status === 200;
  } catch {
    // It does not listen yet.
    return false;
  }
}

/**
 * @param {number} group the process group of `npm start`
 * @returns {number} the resident memory of the service itself, in MB
 */
function memoryOfServer(group) {
  const all = execFileSync('ps', ['-eo', 'pgid=,pid=,args='], { encoding: 'utf8' }).split('\n');
  const [server = ''] = all
    .filter(
      (line) =>
        Number(line.trim().split(/\s+/)[0]) === group && / node .*dist\/server\.js$/.test(line),
    )
    .slice(-1);
  const pid = server.trim().split(/\s+/)[1];
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) / 1024;
}

/** @param {(Record<string, number> & { count: number })[]} rows */
function print(rows) {
  const [first] = rows;
  const columns = Object.keys(first ?? {}).filter((name) => name !== 'count');
  console.log(`| resources | ${columns.join(' | ')} |\n| --- |${' --- |'.repeat(columns.length)}`);
  for (const row of rows) {
    const cells = columns.map((name) => ((row[name] ?? 0) / (first?.[name] ?? 1)).toFixed(2));
    console.log(`| ${row.count} | ${cells.join(' | ')} |`);
  }
}

/**
 * @param {string[]} command
 * @param {string} cwd
 */
function run([program = '', ...args], cwd = work) {
  execFileSync(program, args, { cwd, env, stdio: ['ignore', 'ignore', 'inherit'] });
}
