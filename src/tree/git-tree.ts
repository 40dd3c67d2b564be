import { UserError } from '../errors';
import { isManifestName } from './disk';
import { ManifestFile, OpaqueFile } from './file';
import type { Git } from './git';
import type { Entries } from './git-output';
import { Tree } from './tree';

/**
 * The files of a commit, below the root that `git` was made for. Contents are read on the first question, all at once:
 * a question each would cost a process each.
 * @throws UserError `not-in-git` for a revision that is not known here, with how to fetch it
 */
export function readTreeAt(git: Git, revision: string): Tree {
  const entries = git.commit(revision);
  if (entries === undefined) throw unknownRevision(git, revision);
  return treeOf(git, entries);
}

/** The files that the index has, as they would be committed. */
export function readIndex(git: Git): Tree {
  return treeOf(git, git.index());
}

function treeOf(git: Git, entries: Entries): Tree {
  const manifests = [...entries].filter(([path]) => isManifestName(path)).map(([, id]) => id);
  let known: ReadonlyMap<string, Buffer> = new Map();
  const contents = (id: string): Buffer => {
    if (!known.has(id)) known = git.read(known.size === 0 ? [...manifests, id] : [id]);
    return known.get(id) ?? Buffer.alloc(0);
  };
  return new Tree([...entries].map(([path, id]) => (
    isManifestName(path) ? ManifestFile.fromSource(path, () => contents(id), { contentId: id }) : new OpaqueFile(path, () => contents(id), { contentId: id })
  )), 'as-found');
}

export function unknownRevision(git: Git, revision: string): UserError {
  const branch = /^(?:refs\/remotes\/)?([^/]+)\/(.+)$/.exec(revision);
  return new UserError(
    'not-in-git',
    `${revision} is no commit that this clone has${git.isShallow ? ', which is shallow' : ''}`,
    git.isShallow ? `run: git fetch --unshallow${branch === null ? '' : ` ${branch[1]} ${branch[2]}`}` : branch === null ? 'name a commit, a tag or a branch' : `run: git fetch ${branch[1]} ${branch[2]}`,
  );
}
