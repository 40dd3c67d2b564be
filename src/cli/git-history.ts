import type { Author, History } from '../diff/consequences/history';
import type { Git } from '../tree/git';
import type { Tree } from '../tree/tree';

/** More files than a command line has room for are not asked about one by one. */
const MOST_PATHS = 500;

/**
 * What Git tells of the commits between two states.
 * @param head the commit of the later state; where that is no commit, the one that it stands on
 * @param after the later state, if it may differ from `head`
 */
export function gitHistory(git: Git, base: string, head: string, after: Tree | undefined): History {
  const authors = new Map<string, readonly (Author | undefined)[]>();
  const known = new Map<string, boolean>();
  const committed = git.commit(head);
  const isUncommitted = (file: string): boolean => {
    if (after === undefined) return false;
    const [now, id] = [after.get(file), committed?.get(file)];
    if (now === undefined || id === undefined) return true;
    return git.read([id]).get(id)?.equals(now.bytes) !== true;
  };
  return {
    authorsOf(file) {
      if (!authors.has(file)) authors.set(file, [...(isUncommitted(file) ? [undefined] : []), ...git.authorsBetween(base, head, file)]);
      return authors.get(file)!;
    },
    everHad(text, files) {
      if (files.length === 0) return false;
      const paths = files.length > MOST_PATHS ? [...new Set(files.map((file) => file.slice(0, Math.max(0, file.lastIndexOf('/'))) || '.'))].slice(0, MOST_PATHS) : files;
      const key = `${text}\0${paths.join('\0')}`;
      // where it cannot be found out, nothing is claimed
      if (!known.has(key)) known.set(key, git.everHad(text, head, paths) ?? true);
      return known.get(key)!;
    },
  };
}
