import { chmodSync, closeSync, lstatSync, mkdirSync, openSync, renameSync, rmdirSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../errors';
import { baseName, directoryOf } from '../tree/path';
import { TEMPORARY } from './working-copy';

/** Bytes that lie beside the file that they are to become. */
export interface PreparedFile {
  /** @throws UserError `write-failed` */
  put(): void;
  discard(): void;
}

/** Puts a file in place, whole: a reader sees the old bytes or the new ones. The mode of what was there stays. */
export function writeFile(root: string, path: string, bytes: Buffer, isNew: boolean): void {
  const prepared = prepareFile(root, path, bytes, isNew);
  try {
    prepared.put();
  } catch (error) {
    prepared.discard();
    throw error;
  }
}

/**
 * Does all of writing a file that needs room and rights, so that little is left that may fail.
 * @throws UserError `write-failed`, `foreign-file`; nothing is left behind then
 */
export function prepareFile(root: string, path: string, bytes: Buffer, isNew: boolean): PreparedFile {
  const target = join(root, path);
  const temporary = join(root, temporaryPath(path));
  const attempt = (step: () => void): void => {
    try {
      step();
    } catch (error) {
      if (UserError.is(error)) throw error;
      throw new UserError('write-failed', `${path} cannot be written: ${(error as Error).message}`, 'make room or give the right to write there, then run it again');
    }
  };
  const discard = (): void => {
    try {
      unlinkSync(temporary);
    } catch {
      // it never came to be; where it stays, the next run takes it away
    }
  };
  attempt(() => {
    const mode = modeOf(target);
    if (isNew && mode !== undefined) throw new UserError('foreign-file', `${path} came into being while it was to be written`, 'run it again');
    const file = open(temporary, mode ?? 0o666);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
      if (mode !== undefined) chmodSync(temporary, mode);
    } catch (error) {
      discard();
      throw error;
    } finally {
      closeSync(file);
    }
  });
  return { put: () => attempt(() => renameSync(temporary, target)), discard };
}

/** Deletes a file, and the directories below `directory` that it leaves empty. */
export function deleteFile(root: string, path: string, directory: string): void {
  try {
    remove(join(root, path));
  } catch (error) {
    throw new UserError('write-failed', `${path} cannot be deleted: ${(error as Error).message}`, 'give the right to, then run it again');
  }
  for (let folder = directoryOf(path); folder !== '' && folder !== directory; folder = directoryOf(folder)) {
    try {
      rmdirSync(join(root, folder));
    } catch {
      return; // something else lies there
    }
  }
}

export function temporaryPath(path: string): string {
  const directory = directoryOf(path);
  return `${directory === '' ? '' : `${directory}/`}.${baseName(path)}${TEMPORARY}`;
}

/** A new file; most directories are there, and no other run's leftover is. */
function open(path: string, mode: number): number {
  try {
    return openSync(path, 'wx', mode);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') mkdirSync(dirname(path), { recursive: true });
    else if (code === 'EEXIST') unlinkSync(path);
    else throw error;
    return openSync(path, 'wx', mode);
  }
}

function modeOf(target: string): number | undefined {
  const found = lstatSync(target, { throwIfNoEntry: false });
  return found === undefined ? undefined : found.mode & 0o7777;
}

function remove(file: string): void {
  try {
    unlinkSync(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
