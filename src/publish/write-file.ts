import { chmodSync, closeSync, lstatSync, mkdirSync, openSync, renameSync, rmdirSync, unlinkSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../errors';
import { baseName, directoryOf } from '../tree/path';
import { TEMPORARY } from './working-copy';

/** Puts a file in place, whole: a reader sees the old bytes or the new ones. The mode of what was there stays. */
export function writeFile(root: string, path: string, bytes: Buffer, isNew: boolean): void {
  const target = join(root, path);
  const temporary = join(root, temporaryPath(path));
  try {
    const mode = modeOf(target);
    if (isNew && mode !== undefined) throw new UserError('foreign-file', `${path} came into being while it was to be written`, 'run it again');
    const file = open(temporary, mode ?? 0o666);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    } finally {
      closeSync(file);
    }
    if (mode !== undefined) chmodSync(temporary, mode);
    renameSync(temporary, target);
  } catch (error) {
    if (UserError.is(error)) throw error;
    throw new UserError('write-failed', `${path} cannot be written: ${(error as Error).message}`, 'make room or give the right to write there, then run it again');
  }
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
