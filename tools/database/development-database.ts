/**
 * The database for development: an embedded PostgreSQL in a folder of the project. One process owns
 * the folder at a time; the others use that process's server.
 */
import { existsSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type EmbeddedPostgres,
  embeddedPostgresUrl,
  startEmbeddedPostgres,
} from '../embedded-postgres/embedded-postgres.ts';
import { makeGate } from './gate.ts';
import { claim, readLock } from './lock-file.ts';

const STARTUP_LIMIT_MS = 30_000;
const POLL_MS = 100;

export interface DevelopmentDatabase {
  /** Connections are accepted at once; they wait until the database is ready. */
  readonly url: string;
  /** Whether it was created just now. */
  readonly isNew: boolean;
  readonly ready: Promise<void>;
  /** Releases the folder if this process owns it. */
  close(): Promise<void>;
}

/** What to do with a database before others connect. */
export type Prepare = (url: string) => Promise<void>;

/** Opens the database in `folder`; creates it if it does not exist. */
export async function openDevelopmentDatabase(
  folder: string,
  prepare: Prepare = () => Promise.resolve(),
): Promise<DevelopmentDatabase> {
  await mkdir(folder, { recursive: true });
  const ownerFile = path.join(folder, 'owner');
  const deadline = Date.now() + STARTUP_LIMIT_MS;
  while (Date.now() < deadline) {
    if (await claim(ownerFile)) return await serve(folder, ownerFile, prepare);
    const [, port] = await readLock(ownerFile);
    if (port !== undefined && (await accepts(port))) return join(port, prepare);
    await sleep(POLL_MS);
  }
  throw new Error(
    'The process that holds the embedded database does not answer. ' +
      `End that process; if there is none, delete ${ownerFile}.`,
  );
}

/** Uses the server of the process that owns the folder. */
function join(port: number, prepare: Prepare): DevelopmentDatabase {
  const url = embeddedPostgresUrl(port);
  return { url, isNew: false, ready: prepare(url), close: () => Promise.resolve() };
}

async function serve(
  folder: string,
  ownerFile: string,
  prepare: Prepare,
): Promise<DevelopmentDatabase> {
  const dataDir = path.join(folder, 'data');
  const isNew = !existsSync(dataDir);
  const gate = await makeGate();
  await writeFile(ownerFile, `${process.pid} ${gate.port}`);
  const starting = startEmbeddedPostgres({ dataDir });
  const ready = starting.then(async ({ url, port }) => {
    await prepare(url);
    gate.open(port);
  });
  return {
    url: embeddedPostgresUrl(gate.port),
    isNew,
    ready,
    async close() {
      try {
        await gate.close();
        await Promise.allSettled([ready]);
        await closeIfStarted(starting);
      } finally {
        await rm(ownerFile, { force: true });
      }
    },
  };
}

/** Why it did not start is what `ready` reports. */
async function closeIfStarted(starting: Promise<EmbeddedPostgres>): Promise<void> {
  const [started] = await Promise.allSettled([starting]);
  if (started.status === 'fulfilled') await started.value.close();
}

function accepts(port: number): Promise<boolean> {
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
