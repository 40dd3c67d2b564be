import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { UserError } from '../errors';
import { isGenerated } from '../tree/header';
import { treePath } from '../tree/path';
import type { GitopsApp } from './gitops-app';

/** Where the app's tree starts: its `root`, or the nearest folder, from the working directory up, with a cdk8s.yaml. */
export function rootOf(app: GitopsApp): string {
  if (app.root !== undefined) return resolve(app.root);
  const start = resolve('.');
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'cdk8s.yaml'))) return folder;
    if (folder === dirname(folder)) return start;
  }
}

/**
 * The bytes of a file below the app's root, or undefined where there is none.
 * @param path from the root, with `/`
 * @param reader whose input it is, for messages
 * @throws UserError `path-leaves-root`, `path-through-symlink` for a path that leads elsewhere, `path-invalid`, `reference-invalid` for a folder
 */
export function findInput(app: GitopsApp, path: string, reader: string): Buffer | undefined {
  const root = rootOf(app);
  const file = join(root, treePath(path, reader));
  if (!existsSync(file)) return undefined;
  const real = relative(realpathSync(root), realpathSync(file));
  if (real === '..' || real.startsWith(`..${sep}`)) {
    throw new UserError('path-through-symlink', `${reader}: ${JSON.stringify(path)} leads out of ${root} through a symbolic link`, 'name a file that lies below the root itself');
  }
  if (!statSync(file).isFile()) throw new UserError('reference-invalid', `${reader}: ${JSON.stringify(path)} is not a file`, 'name a file');
  return readFileSync(file);
}

/** The same for a file that must be there. */
export function readInput(app: GitopsApp, path: string, reader: string): Buffer {
  const bytes = findInput(app, path, reader);
  if (bytes === undefined) throw new UserError('reference-invalid', `${reader}: there is no file ${JSON.stringify(path)} in ${rootOf(app)}`, 'mend the path, which starts at the root, or add the file');
  return bytes;
}

/**
 * The bytes of a file anywhere, whose digest the caller checks, or undefined where there is none.
 * @param path absolute, or from the app's root
 */
export function findFile(app: GitopsApp, path: string): Buffer | undefined {
  const file = resolve(rootOf(app), path);
  return existsSync(file) && statSync(file).isFile() ? readFileSync(file) : undefined;
}

/** Whether a folder holds anything but what the app itself wrote there, which goes when the app no longer says so. */
export function hasFilesOfOthers(app: GitopsApp, folder: string): boolean {
  const root = rootOf(app);
  if (statSync(join(root, folder), { throwIfNoEntry: false })?.isDirectory() !== true) return false;
  return readdirSync(join(root, folder), { withFileTypes: true }).some((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return hasFilesOfOthers(app, path);
    return !entry.isFile() || !isGenerated(readFileSync(join(root, path), 'utf8'), app.name, path);
  });
}
