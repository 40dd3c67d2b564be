import { Tree } from '../../tree/tree';

/** The later tree, with the files of the earlier one where they are the same: they are read once, and compared at sight. */
export function withSameFiles(before: Tree, after: Tree, different: readonly string[]): Tree {
  const changed = new Set(different);
  return new Tree([...after].map((file) => (changed.has(file.path) ? file : before.get(file.path)!)), 'as-found');
}
