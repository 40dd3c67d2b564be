import type { Committed } from '../committed';
import { ManifestFile } from '../../tree/file';
import type { Entries } from '../../tree/git-output';
import { objectKey } from '../../tree/object-key';
import type { Tree } from '../../tree/tree';

/**
 * Objects that a merge, a squash or a stash has brought to a file which is there already as it is to be. In other files of
 * the same object, such as the patches of several overlays, it was before.
 */
export class Arrivals {
  private before?: readonly Entries[];

  constructor(private readonly tree: Tree, private readonly committed: Committed) {}

  /** Files of the tree with an object that HEAD or the merge base does not have there. */
  *filesWith(object: string): Iterable<string> {
    if (!this.committed.isMerging && this.committed.replaced.size === 0) return;
    this.before ??= this.statesBefore();
    for (const file of this.tree) {
      if (file.type !== 'manifests' || !file.documents.some((document) => objectKey(document.object, file.path) === object)) continue;
      if (this.before.some((entries) => !this.has(entries, file.path, object))) yield file.path;
    }
  }

  private statesBefore(): Entries[] {
    const { git, head, operation } = this.committed;
    return [head, ...(operation?.bases ?? []).map((base) => git?.commit(base))].filter((entries) => entries !== undefined);
  }

  private has(entries: Entries, path: string, object: string): boolean {
    const id = entries.get(path);
    const bytes = id === undefined ? undefined : this.committed.git!.read([id]).get(id);
    if (bytes === undefined) return false;
    try {
      return ManifestFile.fromText(path, bytes.toString('utf8')).documents.some((document) => objectKey(document.object, path) === object);
    } catch {
      return true; // history may hold what is no YAML, which tells nothing
    }
  }
}
