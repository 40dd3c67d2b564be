import type { Commit, FileChange } from './commit';
import type { VersionChange } from './version-changes';

/** A commit of a branch that changed what is asked about. */
export interface Arrival {
  /** The one that the branch stood on from then: itself what changed it, or the merge that brought it. */
  readonly commit: Commit;
  readonly versions: readonly ArrivedVersion[];
  /** All files that differ, those with versions among them. */
  readonly files: readonly FileChange[];
  /** The commits that a merge brought, as far as they touch what is asked about; newest first. */
  readonly brought: readonly Commit[];
}

export interface ArrivedVersion extends VersionChange {
  /** The commit that said it first; undefined where a merge brought it and none of its commits has it so. */
  readonly origin: Commit | undefined;
  /** When the same thing had this version before, if it had: when it got it then, in milliseconds since 1970. */
  readonly earlier: number | undefined;
}

/** What a branch had, from its last commit back to where the clone ends. */
export interface History {
  readonly head: Commit;
  /** Newest first. */
  readonly arrivals: readonly Arrival[];
  /** The oldest commit that is known, where that is not where history begins: nobody knows what it changed. */
  readonly end: Commit | undefined;
}
