import { isGenerated } from '../tree/header';
import { directoryOf } from '../tree/path';
import type { Committed } from './committed';
import { ListedFiles } from './listed-files';
import { shellWord } from './shell-word';
import type { Tree } from '../tree/tree';

/** More than this are not named one by one. */
const MOST_NAMED = 20;

/**
 * What to say of the tree that an app leaves behind when it is given another directory: what publishing does not find, it
 * does not delete. Asked only where nothing of the tree is in its directory yet, since that is what a new one looks like.
 */
export function formerDirectoryNote(tree: Tree, committed: Committed): string | undefined {
  const { disk, git, place } = committed;
  const inside = [...tree.paths()].filter((path) => place.directory === '' || path.startsWith(`${place.directory}/`));
  if (git === undefined || place.directory === '' || inside.length === 0 || inside.some((path) => disk.type(path) !== undefined)) return undefined;
  const tracked = new Set(committed.index?.keys());
  const own = ownFiles(tracked, tree, committed);
  if (own.size === 0) return undefined;
  const paths = wholeDirectories(own, [...tracked, ...inside]);
  const command = paths.length > MOST_NAMED ? `git rm those whose first line names ${place.project}` : `git rm -r ${paths.map(shellWord).join(' ')}`;
  return `${own.size} ${own.size === 1 ? 'file' : 'files'} of ${place.project} outside of ${place.directory} ${own.size === 1 ? 'is' : 'are'} left from before: ${command}`;
}

/** Files that the project wrote and whose place in it is gone, as they lie on the disk. */
function ownFiles(tracked: ReadonlySet<string>, tree: Tree, { disk, place }: Committed): Set<string> {
  const isThere = (path: string): boolean => !tree.has(path) && !path.startsWith(`${place.directory}/`) && disk.obstacle(path) === undefined && disk.type(path) === 'file';
  const own = new Set<string>();
  for (const path of tracked) {
    const isList = path === ListedFiles.path(place.project, directoryOf(path));
    if ((!isList && !/\.ya?ml$/.test(path)) || !isThere(path)) continue;
    const text = disk.read(path).toString('utf8');
    if (!isGenerated(text, place.project, path)) continue;
    own.add(path);
    const list = isList ? ListedFiles.parse(text) : undefined;
    for (const listed of list?.paths ?? []) if (isThere(listed) && tracked.has(listed) && list!.has(listed, disk.read(listed))) own.add(listed);
  }
  return own;
}

/** The files; where nothing else lies in a directory, the directory. */
function wholeDirectories(own: ReadonlySet<string>, all: readonly string[]): string[] {
  const mixed = new Set<string>(['']);
  for (const path of all) {
    if (own.has(path)) continue;
    for (let folder = directoryOf(path); folder !== ''; folder = directoryOf(folder)) mixed.add(folder);
  }
  const whole = (path: string): string => {
    const folder = directoryOf(path);
    return mixed.has(folder) ? path : whole(folder);
  };
  return [...new Set([...own].map(whole))].sort();
}
