import { directoryOf } from '../tree/path';
import type { FileChange } from './commit';
import type { Scope } from './scope';

/** A scope that is followed into the past: where its files come from, they are part of it before. */
export class FollowedScope {
  private readonly former = new Set<string>();

  constructor(private readonly scope: Scope) {}

  includes(path: string): boolean {
    return this.former.has(path) || this.scope.includes(path);
  }

  /**
   * What a commit changes in it. Ask for commits from the newest to the oldest: files that the commit has moved into the
   * scope, as they were or beside others that were moved as they were, count from then on.
   */
  changesIn(changes: readonly FileChange[]): readonly FileChange[] {
    const inside = changes.filter(({ path }) => this.includes(path));
    const added = inside.filter(({ before }) => before === undefined);
    if (added.length === 0) return inside;
    const gone = changes.filter(({ path, after }) => after === undefined && !this.includes(path));
    if (gone.length === 0) return inside;
    const origins = new Map(gone.map(({ path, before }) => [before, path]));
    const folders = new Map<string, string>();
    for (const { path, after } of added) {
      const origin = origins.get(after);
      if (origin === undefined) continue;
      this.former.add(origin);
      folders.set(directoryOf(origin), directoryOf(path));
    }
    const paths = new Set(added.map(({ path }) => path));
    for (const { path } of gone) {
      const folder = folders.get(directoryOf(path));
      if (folder !== undefined && paths.has(`${folder === '' ? '' : `${folder}/`}${path.slice(path.lastIndexOf('/') + 1)}`)) this.former.add(path);
    }
    return changes.filter(({ path }) => this.includes(path));
  }
}
