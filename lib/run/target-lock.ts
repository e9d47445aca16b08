import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { GeneratorError, hasCode } from '../errors/generator-error.ts';
import { exitStatus } from '../errors/exit-status.ts';
import { SIGNALS } from '../process/interrupts.ts';
import { RUN_DIRECTORY } from '../files/run-directory.ts';
import { notWritable, removeEmpty, stagingPath } from '../files/target-directory.ts';

const LOCK = join(RUN_DIRECTORY, 'lock');
const ATTEMPTS = 20;

/** The process that holds a lock. */
interface Owner {
  readonly pid: number;
  /** When it started, if the system knows: process ids are reused. */
  readonly start: string;
  /** Where its id is valid. */
  readonly host: string;
  /** Different for each lock that was ever taken. */
  readonly id: string;
}

interface Held {
  readonly id: string;
  /** Directories that were created for the staging directory, inner ones first. */
  readonly parents: readonly string[];
}

const held = new Map<string, Held>();

/**
 * Makes this run the only one that changes a target directory, until `unlockTarget` or the end of
 * the process. While the target does not exist, its staging directory is locked instead; the lock
 * moves along when that is renamed to the target. What a killed run staged is removed.
 *
 * @throws {GeneratorError} when another run holds the lock, or the directory cannot be written to
 */
export function lockTarget(target: string): void {
  if (held.has(target)) return;
  // Before there is a lock, so that no signal leaves one.
  if (held.size === 0) unlockAtTheEnd('on');
  try {
    held.set(target, acquire(target));
    clearStaging(target);
  } catch (error) {
    if (held.size === 0) unlockAtTheEnd('off');
    if (error instanceof GeneratorError) throw error;
    throw notWritable(target, error, 'Nothing was written. Choose another directory.');
  }
}

/** Lets other runs change the target directory, and removes what is still staged. */
export function unlockTarget(target: string): void {
  const lock = held.get(target);
  if (lock === undefined) return;
  clearStaging(target);
  // Renamed first: a lock that disappears piece by piece could be mistaken for a free one.
  discard(stagingPath(target), lock.id);
  if (ownerOf(join(target, LOCK))?.id === lock.id) removeLock(target, lock.id);
  for (const parent of lock.parents) removeEmpty(parent);
  held.delete(target);
  if (held.size === 0) unlockAtTheEnd('off');
}

function unlockAtTheEnd(change: 'on' | 'off'): void {
  process[change]('exit', unlockAll);
  for (const name of SIGNALS) process[change](name, unlockBeforeDeath);
}

function unlockAll(): void {
  for (const target of [...held.keys()]) unlockTarget(target);
}

function unlockBeforeDeath(signal: NodeJS.Signals): void {
  // Whoever else listens ends the run in order.
  if (process.listenerCount(signal) > 1) return;
  unlockAll();
  process.kill(process.pid, signal);
}

function acquire(target: string): Held {
  const parents = missingParents(target);
  const id = randomUUID();
  for (let attempt = 1; ; attempt += 1) {
    const folder = lockedDirectory(target);
    try {
      claim(join(folder, LOCK), id, target);
      if (folder === lockedDirectory(target)) return { id, parents };
      // Another run has just renamed its staging directory to the target.
      discard(stagingPath(target), id);
    } catch (error) {
      // Another run, which was ending, removed what this one was about to lock.
      const passes = hasCode(error, 'ENOENT', 'ENOTEMPTY', 'EEXIST', 'EPERM');
      if (!passes || attempt === ATTEMPTS) throw error;
    }
  }
}

function lockedDirectory(target: string): string {
  return existsSync(target) ? target : stagingPath(target);
}

/**
 * Takes a lock that is free or whose owner is dead. It appears at once with its owner in it, by
 * renaming a directory, which fails where another one that is not empty exists.
 */
function claim(lock: string, id: string, target: string): void {
  const own = `${lock}-${id}`;
  try {
    mkdirSync(join(own, ownName(id)), { recursive: true });
    removeDead(lock);
    renameSync(own, lock);
  } catch (error) {
    rmSync(own, { recursive: true, force: true });
    const owner = ownerOf(lock);
    throw owner && isRunning(owner) ? inUse(target, owner, lock) : error;
  }
}

function removeDead(lock: string): void {
  const owner = ownerOf(lock);
  // Of several runs that find the same dead owner, only the first can rename its lock.
  if (owner && !isRunning(owner)) renameSync(lock, `${lock}-${owner.id}`);
}

/** Removes the lock in a target directory, after what is left of dead ones. */
function removeLock(target: string, id: string): void {
  const runFolder = join(target, RUN_DIRECTORY);
  const left = readdirSync(runFolder).filter((name) => name.startsWith(`${basename(LOCK)}-`));
  for (const name of left) rmSync(join(runFolder, name), { recursive: true, force: true });
  discard(join(target, LOCK), id);
  removeEmpty(runFolder);
}

function inUse(target: string, { pid, host }: Owner, lock: string): GeneratorError {
  return new GeneratorError(exitStatus.conflict, {
    reason: `Another run is using ${target}: process ${pid} on ${host.split(' ', 1).join()}.`,
    hint: `This run wrote nothing. Wait for the other one, or choose another directory. If it no longer exists, delete ${lock}.`,
  });
}

function ownName(id: string): string {
  return [String(process.pid), startOf(process.pid), thisHost(), id]
    .map(encodeURIComponent)
    .join(',');
}

function ownerOf(lock: string): Owner | undefined {
  if (!existsSync(lock)) return undefined;
  const [name = ''] = readdirSync(lock);
  const [pid, start = '', host = '', id = ''] = name.split(',').map(decodeURIComponent);
  return id === '' ? undefined : { pid: Number(pid), start, host, id };
}

/** Whether the owner of a lock is alive; on another machine that is assumed. */
function isRunning({ pid, start, host, id }: Owner): boolean {
  if (host !== thisHost()) return true;
  if (pid === process.pid) return [...held.values()].some((lock) => lock.id === id);
  try {
    process.kill(pid, 0);
  } catch (error) {
    return !hasCode(error, 'ESRCH');
  }
  return start === startOf(pid);
}

/** When a process started, by the clock of Linux; empty elsewhere and for a zombie. */
function startOf(pid: number): string {
  try {
    const [state, ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return state === 'Z' ? '' : (fields[18] ?? '');
  } catch (error) {
    if (hasCode(error, 'ENOENT', 'ESRCH', 'EACCES')) return '';
    throw error;
  }
}

/** The machine, and on Linux the container: both decide what a process id means. */
function thisHost(): string {
  const namespace = '/proc/self/ns/pid';
  return existsSync(namespace) ? `${hostname()} ${readlinkSync(namespace)}` : hostname();
}

function missingParents(path: string): string[] {
  const parent = dirname(path);
  return existsSync(parent) ? [] : [parent, ...missingParents(parent)];
}

function clearStaging(target: string): void {
  const staging = stagingPath(target);
  if (!existsSync(staging)) return;
  for (const name of readdirSync(staging)) {
    if (name !== RUN_DIRECTORY) rmSync(join(staging, name), { recursive: true, force: true });
  }
}

/** Removes a directory, so that no other process ever sees a part of it under its name. */
function discard(folder: string, id: string): void {
  if (!existsSync(folder)) return;
  const discarded = `${folder}-${id}`;
  renameSync(folder, discarded);
  rmSync(discarded, { recursive: true, force: true });
}
