import type { Environment } from './environments-file';

/** What the tree has of an environment: in the working copy, and as it was committed. */
export interface Remains {
  /** Kustomizations that stand on others of the environment: database and application. */
  readonly dependants: readonly string[];
  /** Whether there is anything at all. */
  readonly isThere: boolean;
}

/** What removing an environment takes now. */
export type RemovalStep =
  /** Application and database go first, since prune has no order: `removing` is set. */
  | { readonly type: 'first' }
  /** The rest goes: the entry is taken out. */
  | { readonly type: 'last' }
  /** The step before has not come as far as the next one needs. */
  | { readonly type: 'waits'; readonly for: 'synth' | 'commit' };

/**
 * The next step of a removal. Flux deletes all Kustomizations of a file at once: what a database stands on, such as its rights, may
 * be gone before the database is.
 */
export function nextRemovalStep(environment: Environment, working: Remains, committed: Remains, isAtOnce: boolean): RemovalStep {
  if (isAtOnce || (!working.isThere && !committed.isThere)) return { type: 'last' };
  if (!environment.removing) return working.dependants.length === 0 && committed.dependants.length === 0 ? { type: 'last' } : { type: 'first' };
  if (working.dependants.length > 0) return { type: 'waits', for: 'synth' };
  return committed.dependants.length > 0 ? { type: 'waits', for: 'commit' } : { type: 'last' };
}
