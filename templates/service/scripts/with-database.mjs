/**
 * Runs a program with DATABASE_URL set:
 *
 *     node scripts/with-database.mjs [--migrated] [--token] PROGRAM [ARGUMENT …]
 *
 * Outside production `.env` is read first; with --token, a SERVICE_CONTEXT_TOKEN is made up and
 * printed if none is set. If DATABASE_URL is still unset, an embedded PostgreSQL is
 * started for as long as the program runs; with --migrated, migrations are applied to it beforehand.
 * A database that DATABASE_URL names is never changed here.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { constants } from 'node:os';
import path from 'node:path';
import { openDevelopmentDatabase } from './development-database.mjs';

const { resolve } = createRequire(import.meta.url);

/**
 * The arguments that make Node run a program: no shell and no executable bit is needed.
 *
 * @type {Record<string, () => string[]>}
 */
const PROGRAMS = {
  node: () => [],
  prisma: () => [resolve('prisma/build/index.js')],
  tsx: () => [resolve('tsx/cli')],
};
const TOKEN_BYTES = 24;
const projectFolder = path.resolve(import.meta.dirname, '..');
const rest = process.argv.slice(2);
const migrated = takeFlag('--migrated');
const withToken = takeFlag('--token');
const [program, ...programArguments] = rest;

if (program === undefined) {
  console.error(
    'Usage: node scripts/with-database.mjs [--migrated] [--token] PROGRAM [ARGUMENT …]',
  );
  process.exit(2);
}
process.exitCode = await runWithDatabase(program, programArguments);

/**
 * @param {string} program
 * @param {string[]} programArguments
 */
async function runWithDatabase(program, programArguments) {
  if (process.env.NODE_ENV !== 'production') {
    loadEnvFile();
    if (withToken) makeUpToken();
    if (!process.env.DATABASE_URL) return runWithEmbeddedDatabase(program, programArguments);
  }
  return run(program, programArguments);
}

/** @param {string} flag */
function takeFlag(flag) {
  if (rest[0] !== flag) return false;
  rest.shift();
  return true;
}

function makeUpToken() {
  if (process.env.SERVICE_CONTEXT_TOKEN) return;
  const token = randomBytes(TOKEN_BYTES).toString('base64url');
  process.env.SERVICE_CONTEXT_TOKEN = token;
  console.log(`SERVICE_CONTEXT_TOKEN is not set: for this run it is ${token}`);
}

function loadEnvFile() {
  const file = path.join(projectFolder, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

/**
 * @param {string} program
 * @param {string[]} programArguments
 */
async function runWithEmbeddedDatabase(program, programArguments) {
  const database = await openDevelopmentDatabase(path.join(projectFolder, '.embedded-postgres'));
  process.env.DATABASE_URL = database.url;
  console.log('DATABASE_URL is not set: using the embedded PostgreSQL in .embedded-postgres');
  try {
    const failed = migrated && (await run('prisma', ['migrate', 'deploy']));
    return failed || (await run(program, programArguments));
  } finally {
    await database.close();
  }
}

/**
 * Runs a program to its end and returns its exit status, 128 + the signal's number if a signal
 * ended it.
 *
 * @param {string} program
 * @param {string[]} programArguments
 * @returns {Promise<number>}
 */
function run(program, programArguments) {
  const script = PROGRAMS[program];
  if (script === undefined) throw new Error(`The programs are ${Object.keys(PROGRAMS).join(', ')}`);
  const child = spawn(process.execPath, [...script(), ...programArguments], { stdio: 'inherit' });
  const stopForwarding = forwardSignals(child);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (status, signal) => {
      stopForwarding();
      resolve(signal ? 128 + constants.signals[signal] : (status ?? 1));
    });
  });
}

/**
 * Lets the child end first: it gets the signals that this process gets.
 *
 * @param {import('node:child_process').ChildProcess} child
 */
function forwardSignals(child) {
  /** @param {NodeJS.Signals} signal */
  const forward = (signal) => {
    // A terminal sends Ctrl-C to the child as well; twice would mean "at once".
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  return () => {
    for (const signal of signals) process.off(signal, forward);
  };
}
