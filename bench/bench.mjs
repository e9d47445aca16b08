/**
 * Measures this generator and its peers side by side, in one run, prints how many times as much the
 * peers need, whether the bars are met, and where our own time goes:
 *
 *     npm run bench [-- --runs 5]
 *
 * Needs Linux, GNU time, `script`, `cookiecutter`, and a registry for the peers. Writes
 * bench/results.json, and ends with 1 when a bar is not met.
 */
import console from 'node:console';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { parseArgs } from 'node:util';
import { contenders, COOKIECUTTER, cookiecutterVersion, OURS, PEERS } from './contenders.mjs';
import { sideBySide } from './measure.mjs';
import { profileOfRender } from './profile.mjs';

/** @import { Measured } from './measure.mjs' */
/** @typedef {Record<string, Measured>} Results by contender */
/** @typedef {{ what: string, limit: number, measured: number, met: boolean }} Bar */

const RESULTS = path.join(import.meta.dirname, 'results.json');
const { runs } = parseArgs({ options: { runs: { type: 'string', default: '5' } } }).values;

const work = mkdtempSync(path.join(tmpdir(), 'bench-'));
try {
  await main();
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function main() {
  const { version, prompt, render, exec } = contenders(work);
  // What takes a fraction of a second is measured more often: its noise is as large as what differs.
  const often = (/** @type {typeof version} */ those) => sideBySide(those, 3 * Number(runs), work);
  const measured = {
    'time to --version': await often(version),
    'time to the first prompt': await often(prompt),
    'whole render': await often(render),
    'cold npm exec --version': await sideBySide(exec, Number(runs), work),
  };
  const bars = barsOf(measured['time to the first prompt'], measured['whole render']);
  const profile = profileOfRender(work, Number(runs));
  const environment = {
    node: process.version,
    cpu: `${cpus().length} × ${cpus()[0]?.model}`,
    peers: { ...PEERS, cookiecutter: cookiecutterVersion() },
  };
  const ratios = Object.fromEntries(
    Object.entries(measured).map(([what, results]) => [what, ratiosOf(results)]),
  );
  writeFileSync(
    RESULTS,
    `${JSON.stringify({ environment, runs: Number(runs), measured, ratios, bars, profile }, null, 2)}\n`,
  );
  for (const [what, results] of Object.entries(measured)) print(what, results);
  console.log('\nbars');
  console.table(bars);
  console.log('\nwhere the time of our whole render goes, in ms');
  console.table(
    Object.fromEntries(Object.entries(profile).map(([part, ms]) => [part, rounded(ms)])),
  );
  if (bars.some(({ met }) => !met)) process.exitCode = 1;
}

/**
 * @param {Results} prompt
 * @param {Results} render
 * @returns {Bar[]}
 */
function barsOf(prompt, render) {
  const ours = of(render, OURS);
  const { files } = of(render, COOKIECUTTER);
  if (files !== ours.files)
    throw new Error(`${COOKIECUTTER} made ${files} files, not ${ours.files}`);
  const bar = (
    /** @type {string} */ what,
    /** @type {number} */ limit,
    /** @type {number} */ it,
  ) => ({
    ...{ what, limit, measured: rounded(it), met: it <= limit },
  });
  return [
    bar('CPU to the first prompt, in seconds', 0.3, of(prompt, OURS).cpu.median),
    bar(
      "CPU of a whole render, in cookiecutter's",
      1.5,
      ours.cpu.median / of(render, COOKIECUTTER).cpu.median,
    ),
    ...Object.keys(render)
      .filter((name) => name !== OURS)
      .map((name) =>
        bar(`CPU per file, in ${name}'s`, 1, perFile(ours) / perFile(of(render, name))),
      ),
  ];
}

/**
 * How many times as much as ours the peers need, by their medians.
 *
 * @param {Results} results
 */
function ratiosOf(results) {
  const ours = of(results, OURS);
  return Object.fromEntries(
    Object.entries(results).map(([name, it]) => [
      name,
      {
        wall: it.wall.median / ours.wall.median,
        cpu: it.cpu.median / ours.cpu.median,
        memory: it.memory.median / ours.memory.median,
        ...(it.files !== undefined && { cpuPerFile: perFile(it) / perFile(ours) }),
      },
    ]),
  );
}

/**
 * Prints a table; the numbers in brackets are how many times as much as ours.
 *
 * @param {string} what
 * @param {Results} results
 */
function print(what, results) {
  const ratios = ratiosOf(results);
  const cell = (/** @type {number} */ value, /** @type {number | undefined} */ ratio) =>
    `${rounded(value)} (${ratio?.toFixed(2)})`;
  const rows = Object.entries(results).map(([name, { wall, cpu, memory, ...it }]) => ({
    what: name,
    'wall s': cell(wall.median, ratios[name]?.wall),
    'cpu s': cell(cpu.median, ratios[name]?.cpu),
    'cpu from–to': `${rounded(cpu.least)}–${rounded(cpu.most)}`,
    'memory MB': cell(memory.median, ratios[name]?.memory),
    ...(it.files !== undefined && {
      files: it.files,
      'cpu ms per file': cell((cpu.median / it.files) * 1000, ratios[name]?.cpuPerFile),
    }),
  }));
  console.log(`\n${what}`);
  console.table(rows);
}

/**
 * @param {Results} results
 * @param {string} name
 */
function of(results, name) {
  const found = results[name];
  if (found === undefined) throw new Error(`${name} was not measured`);
  return found;
}

/** @param {Measured} measured */
function perFile({ cpu, files }) {
  if (!files) throw new Error('A render made no files');
  return cpu.median / files;
}

/** @param {number} value */
function rounded(value) {
  return Number(value.toPrecision(3));
}
