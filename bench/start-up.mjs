/**
 * Measures how long a made service takes from its start until it is ready, next to the smallest
 * hand-written service with the same routes:
 *
 *     npm run build && node bench/start-up.mjs [--runs 7] [--service FOLDER]
 *
 * Uses the database that DATABASE_URL names, else the embedded one. `--service` names a made service
 * with installed dependencies to measure instead of a new one. Needs Linux. Exits with 1 when the bar
 * is not met.
 */
import console from 'node:console';
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { spread } from './measure.mjs';
import { MINIMAL_SERVICE } from './minimal-service.mjs';

const BAR = 1.5;
const POLL_MS = 5;
/** The kernel counts CPU time in hundredths of a second. */
const TICK_MS = 10;

/** As lean as can be: packages stay in node_modules, as they do for the made service. */
const BUNDLE_MINIMAL = `
import { build } from 'esbuild';
await build({
  entryPoints: ['minimal/server.ts'],
  outdir: 'minimal',
  bundle: true,
  format: 'esm',
  platform: 'node',
  packages: 'external',
});`;

const root = path.resolve(import.meta.dirname, '..');
const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '7' },
    service: { type: 'string' },
    measure: { type: 'boolean', default: false },
  },
});

if (values.measure) await measure(Number(values.runs));
else withService(prepareAndMeasure);

/** @param {(folder: string) => void} use */
function withService(use) {
  if (values.service !== undefined) {
    use(path.resolve(values.service));
    return;
  }
  const work = mkdtempSync(path.join(tmpdir(), 'start-up-'));
  const folder = path.join(work, 'made');
  try {
    const cli = path.join(root, 'dist', 'create', 'cli.js');
    node(work, cli, folder, '--yes', '--no-git', '--skip-check');
    use(folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * Builds both services and runs this program again with a migrated database.
 *
 * @param {string} folder of the made service
 */
function prepareAndMeasure(folder) {
  const database = path.join('tools', 'database.mjs');
  const minimal = path.join(folder, 'minimal');
  mkdirSync(minimal, { recursive: true });
  writeFileSync(path.join(minimal, 'server.ts'), MINIMAL_SERVICE);
  try {
    node(folder, database, 'generate');
    node(folder, 'esbuild.config.js');
    node(folder, '--input-type=module', '--eval', BUNDLE_MINIMAL);
    if (process.env.DATABASE_URL) node(folder, database, 'run', 'prisma', 'migrate', 'deploy');
    const self = [import.meta.filename, '--measure', '--runs', values.runs];
    node(folder, database, 'run', '--migrated', 'node', ...self);
  } finally {
    rmSync(minimal, { recursive: true, force: true });
  }
}

/**
 * Starts both in turn, so that whatever else the machine does affects both.
 *
 * @param {number} runs
 */
async function measure(runs) {
  const contenders = { minimal: 'minimal/server.js', made: 'dist/server.js' };
  /** @type {Record<string, { wall: number, cpu: number }[]>} */
  const results = { minimal: [], made: [] };
  for (let round = 0; round < runs; round += 1) {
    for (const [name, entry] of Object.entries(contenders)) {
      results[name]?.push(await timeToReady(entry));
    }
  }
  const rows = Object.entries(results).map(([name, all]) => ({
    service: name,
    wall: spread(all.map(({ wall }) => wall)),
    cpu: spread(all.map(({ cpu }) => cpu)),
  }));
  const [minimal, made] = rows;
  if (minimal === undefined || made === undefined) throw new Error('Nothing was measured');
  console.table(
    rows.map(({ service, wall, cpu }) => ({
      service,
      'wall ms': Math.round(wall.median),
      'wall from–to': `${Math.round(wall.least)}–${Math.round(wall.most)}`,
      'wall ratio': (wall.median / minimal.wall.median).toFixed(2),
      'cpu ms': cpu.median,
      'cpu from–to': `${cpu.least}–${cpu.most}`,
      'cpu ratio': (cpu.median / minimal.cpu.median).toFixed(2),
    })),
  );
  const isMet = made.wall.median <= BAR * minimal.wall.median;
  console.log(`Time to ready, at most ${BAR} times the minimal one: ${isMet ? 'met' : 'not met'}`);
  if (!isMet) process.exitCode = 1;
}

/** @param {string} entry */
async function timeToReady(entry) {
  const port = await freePort();
  const env = { HOST: '127.0.0.1', PORT: String(port), LOG_LEVEL: 'warn', NODE_ENV: 'production' };
  const start = performance.now();
  const child = spawn(process.execPath, [entry], {
    env: { ...process.env, ...env },
    stdio: 'inherit',
  });
  const exited = once(child, 'exit');
  while (!(await isReady(port))) {
    if (child.exitCode !== null) throw new Error(`${entry} exited with ${child.exitCode}`);
    await sleep(POLL_MS);
  }
  const wall = performance.now() - start;
  const cpu = cpuOf(child.pid);
  child.kill();
  await exited;
  return { wall, cpu };
}

/** @param {number} port */
function isReady(port) {
  return new Promise((resolve) => {
    const request = http.get({ host: '127.0.0.1', port, path: '/health/ready', agent: false });
    request.once('response', (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    // It does not listen yet.
    request.once('error', () => {
      resolve(false);
    });
  });
}

/**
 * The milliseconds of CPU that a process has used so far.
 *
 * @param {number | undefined} pid
 */
function cpuOf(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  const [user, system] = [Number(fields[11]), Number(fields[12])];
  return (user + system) * TICK_MS;
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('There is no free port');
  server.close();
  await once(server, 'close');
  return address.port;
}

/**
 * @param {string} cwd
 * @param {...string} args
 */
function node(cwd, ...args) {
  execFileSync(process.execPath, args, { cwd, stdio: 'inherit' });
}
