/**
 * Measures the main command of the README, from a fresh clone, against that of version 0.1.0, in one run
 * and in turn:
 *
 *     npm run bench:main-command [-- --runs 1]
 *
 * Measures the commit that is checked out. Needs Linux, a registry and the history of this repository.
 * Writes bench/main-command-results.json and prints the table of docs/performance.md.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { costOf } from './measure.mjs';
import { ownEnvironment } from './own-environment.mjs';
import { load, report } from './rows.mjs';

const COMMITS = { now: 'HEAD', 'version 0.1.0': 'ac27a63' };
const ROWS = [{ what: '`npm ci && npm start`', part: 'now', unit: 'version 0.1.0', bar: 0.4 }];
const REPOSITORY = path.resolve(import.meta.dirname, '..');
const RESULTS = path.join(import.meta.dirname, 'main-command-results.json');

const { runs } = parseArgs({ options: { runs: { type: 'string', default: '1' } } }).values;
const env = ownEnvironment();
const loads = [load()];
/** @type {Record<string, import('./rows.mjs').Costs>[]} */
const samples = [];
for (let round = 0; round < Number(runs); round += 1) {
  /** @type {Record<string, import('./rows.mjs').Costs>} */
  const sample = {};
  for (const [name, commit] of Object.entries(COMMITS)) {
    sample[name] = await costOfMainCommand(commit);
    loads.push(load());
  }
  samples.push(sample);
}
report(RESULTS, ROWS, samples, loads);

/** @param {string} commit */
async function costOfMainCommand(commit) {
  const work = mkdtempSync(path.join(tmpdir(), 'bench-'));
  const clone = path.join(work, 'generator');
  try {
    execFileSync('git', ['clone', '--quiet', '--no-checkout', REPOSITORY, clone], { env });
    execFileSync('git', ['checkout', '--quiet', '--detach', commitId(commit)], { cwd: clone, env });
    const install = await costOf(['npm', 'ci'], { cwd: clone, env });
    const target = path.join(work, 'my-service');
    const start = await costOf(['npm', 'start', '--', target, '--yes'], { cwd: clone, env });
    return { wall: install.wall + start.wall, cpu: install.cpu + start.cpu };
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} commit as this repository names it; a clone may call another one HEAD */
function commitId(commit) {
  return execFileSync('git', ['rev-parse', commit], { cwd: REPOSITORY, encoding: 'utf8' }).trim();
}
