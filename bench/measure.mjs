/** Runs commands and says what they took: time, CPU, memory, files made. */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { clearInterval, setInterval } from 'node:timers';

/** That of a hang: a busy machine may be slow. */
const LIMIT_MS = 900_000;
const CTRL_C = '\u0003';
const AGAIN_MS = 500;
/** What a contender calls the folder that it makes. */
export const MADE = 'made';

/**
 * @typedef {object} Contender
 * @property {string} name
 * @property {string[]} command
 * @property {string} [prompt] what its first question says; the run ends there
 *
 * @typedef {object} Spread
 * @property {number} median
 * @property {number} least
 * @property {number} most
 *
 * @typedef {object} Measured
 * @property {Spread} wall in seconds
 * @property {Spread} cpu in seconds, of the process and all that it started
 * @property {Spread} memory the largest resident set, in MB
 * @property {number} [files] that were made
 *
 * @typedef {{ wall: number, cpu: number }} Cost seconds; CPU of the process and all that it started
 *
 * @typedef {Cost & { memory: number, files?: number }} Run
 */

/**
 * Measures in turn, so that whatever else the machine does meets all of them.
 *
 * @param {Contender[]} contenders
 * @param {number} times
 * @param {string} work a folder to run in
 * @returns {Promise<Record<string, Measured>>}
 */
export async function sideBySide(contenders, times, work) {
  /** @type {Record<string, Run[]>} */
  const runs = Object.fromEntries(contenders.map(({ name }) => [name, []]));
  for (let round = 0; round < times; round += 1) {
    for (const contender of contenders) runs[contender.name]?.push(await once(contender, work));
  }
  return Object.fromEntries(Object.entries(runs).map(([name, all]) => [name, summary(all)]));
}

/**
 * @param {string} folder
 * @returns {string[]} the paths of its files, relative to it
 */
export function filesIn(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => path.relative(folder, path.join(parentPath, name)));
}

/**
 * @param {Run[]} runs
 * @returns {Measured}
 */
function summary(runs) {
  const [files] = runs.flatMap((run) => run.files ?? []);
  return {
    wall: spread(runs.map(({ wall }) => wall)),
    cpu: spread(runs.map(({ cpu }) => cpu)),
    memory: spread(runs.map(({ memory }) => memory)),
    ...(files !== undefined && { files }),
  };
}

/**
 * @param {number[]} values
 * @returns {Spread}
 */
export function spread(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (/** @type {number} */ share) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { median: at(0.5), least: at(0), most: at(1) };
}

/**
 * @param {string[]} command
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<Cost>} what it takes
 */
export async function costOf(command, options) {
  const { wall, cpu } = await timed(command, undefined, options);
  return { wall, cpu };
}

/**
 * @param {string[]} command
 * @param {string | undefined} text as for `run`
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 */
async function timed(command, text, options) {
  const folder = mkdtempSync(path.join(tmpdir(), 'time-'));
  const report = path.join(folder, 'time.txt');
  try {
    const wrapped = ['/usr/bin/time', '-q', '-o', report, '-f', '%U %S %M', ...command];
    const wall = await secondsUntil(wrapped, text, options);
    return { wall, ...usedBy(report) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * @param {string[]} command
 * @param {string | undefined} text as for `run`
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 */
async function secondsUntil(command, text, options) {
  const start = performance.now();
  return ((await run(command, text, options)) - start) / 1000;
}

/**
 * @param {Contender} contender
 * @param {string} work
 * @returns {Promise<Run>}
 */
async function once({ command, prompt }, work) {
  const cwd = mkdtempSync(path.join(work, 'run-'));
  const env = { ...process.env, npm_config_cache: path.join(cwd, 'cache'), npm_config_yes: 'true' };
  const used = await timed(command, prompt, { cwd, env });
  const made = path.join(cwd, MADE);
  const files = existsSync(made) ? filesIn(made).length : undefined;
  rmSync(cwd, { recursive: true, force: true });
  return { ...used, ...(files !== undefined && { files }) };
}

/**
 * Reads what GNU time wrote, which is nothing when the run was killed.
 *
 * @param {string} report
 */
function usedBy(report) {
  const text = readFileSync(report, 'utf8');
  const [, user, system, kilobytes] = /^([\d.]+) ([\d.]+) (\d+)\n$/.exec(text) ?? [];
  if (kilobytes === undefined) throw new Error(`GNU time wrote ${JSON.stringify(text)}`);
  return { cpu: Number(user) + Number(system), memory: Number(kilobytes) / 1024 };
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
      interrupt(child);
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
 * Interrupts until it helps: Python misses what comes just before it waits for a key.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function interrupt(child) {
  // It may have ended already.
  child.stdin?.on('error', () => undefined);
  child.stdin?.write(CTRL_C);
  const again = setInterval(() => child.stdin?.write(CTRL_C), AGAIN_MS);
  child.once('close', () => {
    clearInterval(again);
  });
}
