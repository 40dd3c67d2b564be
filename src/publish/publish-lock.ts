import { randomUUID } from 'node:crypto';
import { constants, copyFileSync, linkSync, mkdirSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { kill, pid } from 'node:process';
import { UserError } from '../errors';

/** Who holds a lock. The token makes each holding a thing of its own, so that a claim is on this one and no later one. */
interface Holder {
  readonly token: string;
  readonly pid: number;
  readonly host: string;
}

/**
 * Runs `work` while no other publish runs in the same place. The lock of a process that is dead is taken over by a claim
 * that names it; only one process can make that claim, so two that see the same dead holder never both go on.
 * @throws UserError `publish-locked` when the other run does not end in time
 */
export function withLock<T>(directory: string, name: string, work: () => T, patience = 10_000): T {
  const lock = join(directory, `${name}.lock`);
  const me: Holder = { token: randomUUID(), pid, host: hostname() };
  const offer = `${lock}.${me.token}`;
  try {
    mkdirSync(directory, { recursive: true });
    writeFileSync(offer, JSON.stringify(me));
  } catch (error) {
    throw new UserError('write-failed', `${directory} cannot be written, where synth keeps its lock: ${(error as Error).message}`, 'give the right to write there');
  }
  try {
    const chain = acquire(lock, offer, me, Date.now() + patience);
    try {
      return work();
    } finally {
      // The lock itself goes first: whoever finds it gone starts afresh, and the claims on it mean nothing to them.
      for (const file of [...chain, ...leftovers(directory, lock)]) remove(file);
    }
  } finally {
    remove(offer);
  }
}

/** The lock and the claims that lead to `me`. */
function acquire(lock: string, offer: string, me: Holder, deadline: number): string[] {
  for (;;) {
    const { holder } = follow(lock);
    if (holder === undefined || isDead(holder)) {
      const next = holder === undefined ? lock : `${lock}.after-${holder.token}`;
      if (link(offer, next)) {
        const taken = follow(lock);
        if (taken.holder?.token === me.token) return taken.files;
        remove(next); // the lock that was claimed had gone by then
      }
    }
    if (Date.now() > deadline) {
      const who = holder === undefined ? '' : `process ${holder.pid} on ${holder.host}, `;
      throw new UserError('publish-locked', `another synth is writing here (${who}${lock})`, 'wait until it ends; if it never does, end it or delete that file');
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 40);
  }
}

function follow(lock: string): { files: string[]; holder: Holder | undefined } {
  const files: string[] = [];
  let holder: Holder | undefined;
  for (let file = lock; ; file = `${lock}.after-${holder.token}`) {
    const next = readHolder(file);
    if (next === undefined) return { files, holder };
    files.push(file);
    holder = next;
  }
}

/** Offers and claims of processes that were killed. */
function leftovers(directory: string, lock: string): string[] {
  const found = readdirSync(directory).map((name) => join(directory, name)).filter((file) => file.startsWith(`${lock}.`));
  return found.filter((file) => {
    const holder = readHolder(file);
    return holder !== undefined && isDead(holder);
  });
}

function readHolder(file: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return undefined;
  }
}

/** A process on another machine, or in another container, cannot be asked, so it counts as alive. */
function isDead(holder: Holder): boolean {
  if (holder.host !== hostname()) return false;
  try {
    kill(holder.pid, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

function link(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    return copy(from, to);
  }
}

/** Where the file system knows no hard links. */
function copy(from: string, to: string): boolean {
  try {
    copyFileSync(from, to, constants.COPYFILE_EXCL);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
