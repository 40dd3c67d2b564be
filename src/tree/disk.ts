import { lstatSync, readdirSync, readFileSync, type Dirent } from 'node:fs';
import { join, resolve } from 'node:path';
import { UserError } from '../errors';
import { ManifestFile, OpaqueFile, type File } from './file';
import { Git } from './git';
import { Tree } from './tree';

/** Larger files are no manifests, whatever they are called. */
const MOST_BYTES = 32 * 1024 * 1024;

export interface ReadTreeOptions {
  /** Only this file, or what lies in this folder; paths are from the folder that is read all the same. */
  readonly below?: string;
  /** Told now and then how many files and folders were found, where Git does not know them. */
  readonly onFound?: (count: number) => void;
  /**
   * How many files and folders may lie where Git does not know them.
   * @default Infinity
   */
  readonly most?: number;
}

/**
 * The files below a folder, as they lie there: what Git ignores is left out, links are never followed, contents are read
 * when they are asked for.
 * @throws UserError `file-unreadable` for a folder that is none, `not-in-git` for one with more files than `most`
 */
export function readTree(folder: string, { below = '', onFound, most = Infinity }: ReadTreeOptions = {}): Tree {
  const root = resolve(folder);
  const known = Git.around(root)?.files(below) ?? [];
  const paths = known.length > 0 ? known : lstatSync(join(root, below), { throwIfNoEntry: false })?.isFile() === true ? [below] : walk(root, below, most, onFound); // a folder that Git has nothing of may still be asked about
  return new Tree(paths.flatMap((path) => fileOn(root, path)), 'as-found');
}

function fileOn(root: string, path: string): File[] {
  const location = join(root, path);
  const status = lstatSync(location, { throwIfNoEntry: false });
  if (status?.isFile() !== true) return []; // deleted and not yet committed, a link, a submodule
  const read = (): Buffer => readOn(location, path);
  return [isManifestName(path) && status.size <= MOST_BYTES ? ManifestFile.fromSource(path, read) : new OpaqueFile(path, read)];
}

function readOn(location: string, path: string): Buffer {
  try {
    return readFileSync(location);
  } catch (error) {
    throw new UserError('file-unreadable', `${path} cannot be read: ${(error as Error).message}`, 'make it readable, or move it away');
  }
}

/** Whether kustomize and Flux would take a file for manifests by its name. */
export function isManifestName(path: string): boolean {
  return /\.(ya?ml|json)$|(^|\/)Kustomization$/.test(path);
}

function walk(root: string, below: string, most: number, onFound?: (count: number) => void): string[] {
  const found: string[] = [];
  let count = 0;
  const pending = [below];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const entry of entriesOf(root, folder)) {
      count++;
      if (count > most) throw new UserError('not-in-git', `${root} lies in no repository of Git, and more than ${most} files lie in it: it does not look like a Flux repository`, 'name the folder of one, as in: fluxwright check PATH');
      if (count % 1000 === 0) onFound?.(count);
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isFile()) found.push(path);
      else if (entry.isDirectory() && entry.name !== '.git' && entry.name !== 'node_modules') pending.push(path);
    }
  }
  return found;
}

function entriesOf(root: string, folder: string): Dirent[] {
  try {
    return readdirSync(join(root, folder), { withFileTypes: true });
  } catch (error) {
    if (folder !== '') return []; // it vanished, or it is somebody else's
    const reason = (error as NodeJS.ErrnoException).code === 'ENOTDIR' ? 'it is a file' : (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'it does not exist' : (error as Error).message;
    throw new UserError('file-unreadable', `${root} cannot be read: ${reason}`, 'name the folder of a Flux repository');
  }
}
