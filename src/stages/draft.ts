import { ManifestFile } from '../tree/file';
import { Tree } from '../tree/tree';

/** A file of a tree that a plan writes, or deletes. */
export interface FileEdit {
  readonly path: string;
  /** Undefined for a file that is new. */
  readonly before: Buffer | undefined;
  /** Undefined for a file that is deleted. */
  readonly after: Buffer | undefined;
}

/** A tree that is being changed, in memory. */
export class Draft {
  private readonly changed = new Map<string, Buffer | undefined>();

  constructor(private readonly tree: Tree) {}

  /** What a file holds by now; undefined where there is none. */
  bytes(path: string): Buffer | undefined {
    return this.changed.has(path) ? this.changed.get(path) : this.tree.get(path)?.bytes;
  }

  text(path: string): string | undefined {
    return this.bytes(path)?.toString('utf8');
  }

  put(path: string, content: Buffer | string | undefined): void {
    this.changed.set(path, typeof content === 'string' ? Buffer.from(content) : content);
  }

  /** What differs from the tree, by path. */
  edits(): FileEdit[] {
    const all = [...this.changed].map(([path, after]): FileEdit => ({ path, before: this.tree.get(path)?.bytes, after }));
    const isSame = ({ before, after }: FileEdit): boolean => (before === undefined || after === undefined ? before === after : before.equals(after));
    return all.filter((edit) => !isSame(edit)).sort((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** The tree as it would be. */
  toTree(): Tree {
    return withEdits(this.tree, this.edits());
  }
}

export function withEdits(tree: Tree, edits: readonly FileEdit[]): Tree {
  const changed = new Set(edits.map(({ path }) => path));
  const written = edits.flatMap(({ path, after }) => (after === undefined ? [] : [ManifestFile.fromText(path, after.toString('utf8'))]));
  return new Tree([...[...tree].filter(({ path }) => !changed.has(path)), ...written], 'as-found');
}
