/** Compares what was measured with its bars, in the form of the tables of docs/performance.md. */
import console from 'node:console';
import { writeFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import process from 'node:process';
import { spread } from './measure.mjs';

/**
 * @typedef {{ wall: number, cpu?: number }} Costs seconds; CPU where it can be told apart
 *
 * @typedef {object} Row
 * @property {string} what
 * @property {string} part
 * @property {string} unit
 * @property {number} bar how many units it may take
 */

/** @returns {number} the load average of the last minute */
export function load() {
  return loadavg()[0] ?? 0;
}

/**
 * Writes everything to a file, and prints the rows of a table in Markdown.
 *
 * @param {string} file
 * @param {Row[]} rows
 * @param {Record<string, Costs>[]} samples one a round
 * @param {number[]} loads the load average from round to round
 */
export function report(file, rows, samples, loads) {
  const environment = {
    node: process.version,
    cpu: `${cpus().length} × ${cpus()[0]?.model}`,
    load: loads,
  };
  const results = rows.map((row) => resultOf(row, samples));
  writeFileSync(file, `${JSON.stringify({ environment, rows: results, samples }, null, 2)}\n`);
  console.log(
    '| what | unit | bar | time | CPU time | met |\n| --- | --- | --- | --- | --- | --- |',
  );
  for (const { what, unit, bar, wall, cpu, met } of results) {
    const cells = [what, unit, short(bar), range(wall), cpu ? range(cpu) : '', met ? 'yes' : 'no'];
    console.log(`| ${cells.join(' | ')} |`);
  }
  console.log(`\nLoad average from round to round: ${loads.map((it) => it.toFixed(1)).join(', ')}`);
}

/**
 * @param {Row} row
 * @param {Record<string, Costs>[]} samples
 */
function resultOf({ what, part, unit, bar }, samples) {
  const ratios = (/** @type {'wall' | 'cpu'} */ kind) =>
    samples.flatMap((sample) => {
      const [a, b] = [sample[part]?.[kind], sample[unit]?.[kind]];
      return a === undefined || b === undefined ? [] : [a / b];
    });
  const wall = spread(ratios('wall'));
  const cpu = ratios('cpu').length > 0 ? spread(ratios('cpu')) : undefined;
  return { what, unit, bar, wall, cpu, met: wall.median <= bar };
}

/** @param {import('./measure.mjs').Spread} spread */
function range({ median, least, most }) {
  return `${short(median)} (${short(least)}–${short(most)})`;
}

/** @param {number} value */
function short(value) {
  return String(Number(value.toPrecision(2)));
}
