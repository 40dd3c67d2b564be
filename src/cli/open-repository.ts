import { statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { UserError } from '../errors';
import { textAt } from '../model/fields';
import { resolveTarget } from '../model/kustomization-file';
import { objectsOf } from '../model/source-object';
import { isFluxKustomization } from '../model/sources';
import { readTree } from '../tree/disk';
import { Git } from '../tree/git';
import { readTreeAt, unknownRevision } from '../tree/git-tree';
import type { Tree } from '../tree/tree';
import type { Terminal } from './command';
import { progressOf } from './progress';

/** A Flux repository that a command was asked about. */
export interface OpenedRepository {
  readonly tree: Tree;
  /** The folder on the disk that the tree's paths begin at. */
  readonly root: string;
  /** The folder that was named, from the root; '' for all of it. */
  readonly folder: string;
  /** The repository of Git around the root, if there is one. */
  readonly git: Git | undefined;
}

/**
 * Opens the repository that a folder belongs to: as it lies on the disk, or at a revision of Git.
 *
 * Its root is the top of the working tree, unless the paths of Flux Kustomizations below the folder begin further down, as
 * those of a repository do that lies in a folder of another.
 * @param path the folder; by default the one that the command was called in
 * @throws UserError `file-unreadable`; `not-in-git`, also for a folder outside of Git with far too many files
 */
export function openRepository(terminal: Pick<Terminal, 'directory' | 'status'>, path?: string, at?: string): OpenedRepository {
  const folder = resolve(terminal.directory, path ?? '.');
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw new UserError('file-unreadable', `${folder} is no folder`, 'name the folder of a Flux repository');
  const top = topAround(folder);
  if (top === undefined) {
    if (at !== undefined) throw new UserError('not-in-git', `${folder} lies in no repository of Git, so that there is no ${at}`, 'leave out --at, or name a folder of a clone');
    return { tree: readOutsideOfGit(folder, terminal), root: folder, folder: '', git: undefined };
  }
  const whole = read(top, at);
  const inside = relative(top, folder).split(sep).join('/');
  const root = inside === '' ? '' : rootOf(whole, inside);
  if (root === '') return { tree: whole, root: top, folder: inside, git: Git.around(top) };
  const directory = resolve(top, root);
  return { tree: read(directory, at), root: directory, folder: inside.slice(root.length + 1), git: Git.around(directory) };
}

/** The top of the working tree around a folder; none for one that Git has nothing of, such as an ignored one. */
function topAround(folder: string): string | undefined {
  const git = Git.around(folder);
  if (git === undefined || (git.top !== folder && git.files().length === 0)) return undefined;
  return git.top;
}

/** Far more than any repository has that nobody has put into Git yet: a home folder does, or a whole disk. */
const MOST_FILES = 100_000;

function readOutsideOfGit(folder: string, { status }: Pick<Terminal, 'status'>): Tree {
  const onFound = status === undefined ? undefined : progressOf(status, (count: number) => `looking through ${folder}: ${count} files`);
  try {
    return readTree(folder, { most: MOST_FILES, onFound });
  } finally {
    status?.('');
  }
}

function read(root: string, at: string | undefined): Tree {
  if (at === undefined) return readTree(root);
  const git = Git.around(root)!;
  if (at.startsWith('-')) throw unknownRevision(git, at);
  return readTreeAt(git, at);
}

/** The folder, at or above `folder`, in which most paths of the Flux Kustomizations below `folder` are found; '' where there are none. */
function rootOf(tree: Tree, folder: string): string {
  const paths = fluxPathsBelow(tree, folder);
  const directories = directoriesOf(tree);
  let best = { root: '', found: 0 };
  for (let root = folder; ; root = root.slice(0, Math.max(0, root.lastIndexOf('/')))) {
    const found = paths.filter((path) => directories.has(resolveTarget(root, path) ?? '..')).length;
    if (found > best.found) best = { root, found };
    if (root === '') return best.root;
  }
}

function fluxPathsBelow(tree: Tree, folder: string): string[] {
  const paths = new Set<string>();
  for (const file of tree) {
    if (file.type !== 'manifests' || !file.path.startsWith(`${folder}/`) || !file.text.includes('kustomize.toolkit.fluxcd.io/')) continue;
    try {
      for (const object of file.documents.flatMap((document, index) => objectsOf(document, file.path, index))) {
        const path = isFluxKustomization(object) ? resolveTarget('', textAt(object.data, 'spec.path') ?? '') : undefined;
        if (path !== undefined && path !== '') paths.add(path);
      }
    } catch (error) {
      if (!UserError.is(error)) throw error; // it is told where the file matters
    }
  }
  return [...paths];
}

function directoriesOf(tree: Tree): ReadonlySet<string> {
  const found = new Set<string>();
  for (const path of tree.paths()) {
    for (let slash = path.lastIndexOf('/'); slash > 0 && !found.has(path.slice(0, slash)); slash = path.lastIndexOf('/', slash - 1)) found.add(path.slice(0, slash));
  }
  return found;
}
