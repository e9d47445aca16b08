/**
 * Removes what a test run made. Each line of the input names one such thing; the input ends when the
 * run closes it, or when the run is gone.
 */
import { rm } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import { Client, escapeIdentifier } from 'pg';

const SETTLING_MS = 500;
const NOT_FOUND = 404;
const REMOVAL_IN_PROGRESS = 409;

/** @type {Record<string, (...values: [string, string]) => Promise<void>>} */
const REMOVERS = {
  container: removeContainer,
  databases: dropDatabases,
  // Some process of the run may still be about to end.
  folder: (folder) => rm(folder, { recursive: true, force: true, maxRetries: 5 }),
};

const lines = (await text(process.stdin)).split('\n').filter((line) => line !== '');
for (const result of await Promise.allSettled(lines.map(remove))) {
  if (result.status === 'fulfilled') continue;
  console.error('A test run left something behind:', result.reason);
  process.exitCode = 1;
}

/** @param {string} line */
async function remove(line) {
  const [kind = '', first = '', second = ''] = line.split('\t');
  const remover = REMOVERS[kind];
  if (remover === undefined) throw new Error(`Nobody knows how to remove a "${kind}"`);
  await remover(first, second);
}

/** @param {string} name */
async function removeContainer(name) {
  // Most runs do without it, and it takes half a second.
  const { getContainerRuntimeClient } = await import('testcontainers');
  const { container } = await getContainerRuntimeClient();
  try {
    await container.getById(name).remove({ force: true, v: true });
  } catch (error) {
    // It never started, or the reaper of Testcontainers is at it.
    if (!hasStatus(error, NOT_FOUND) && !hasStatus(error, REMOVAL_IN_PROGRESS)) throw error;
  }
}

/**
 * @param {unknown} error
 * @param {number} status
 */
function hasStatus(error, status) {
  return error instanceof Error && 'statusCode' in error && error.statusCode === status;
}

/**
 * Drops the databases whose names start with a prefix, until there are none: the server may still be
 * at work on one that a killed process asked for.
 *
 * @param {string} url
 * @param {string} prefix
 */
async function dropDatabases(url, prefix) {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    while (await dropRound(client, prefix)) await setTimeout(SETTLING_MS);
  } finally {
    await client.end();
  }
}

/**
 * @param {import('pg').Client} client
 * @param {string} prefix
 * @returns {Promise<boolean>} whether there were any
 */
async function dropRound(client, prefix) {
  /** @type {import('pg').QueryResult<{ datname: string }>} */
  const { rows } = await client.query(
    'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
    [prefix],
  );
  for (const { datname } of rows) {
    await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(datname)} WITH (FORCE)`);
  }
  return rows.length > 0;
}
