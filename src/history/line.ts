import type { Commit } from './commit';

/** The commits that a branch stood on, one after the other, and what each of them brought. */
export interface Line {
  /** Along the first parents, newest first: a merge is when its other side arrived here. */
  readonly steps: readonly Commit[];
  /** What a merge brought, newest first, without merges; by the merge's id. */
  readonly brought: ReadonlyMap<string, readonly Commit[]>;
  /** The oldest step, where the clone ends before the history does. */
  readonly end: Commit | undefined;
}

/**
 * Follows the first parents of a commit.
 * @param boundary the commits whose parents a shallow clone lacks
 */
export function followLine(commits: ReadonlyMap<string, Commit>, head: string, boundary: ReadonlySet<string>): Line {
  const steps: Commit[] = [];
  for (let commit = commits.get(head); commit !== undefined; commit = commits.get(commit.parents[0] ?? '')) steps.push(commit);
  const order = new Map([...commits.keys()].map((id, index) => [id, index]));
  const arrived = new Set(steps.map(({ id }) => id));
  const brought = new Map<string, readonly Commit[]>();
  for (const step of [...steps].reverse()) {
    const found: Commit[] = [];
    const pending = step.parents.slice(1);
    for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
      const commit = commits.get(id);
      if (commit === undefined || arrived.has(id)) continue;
      arrived.add(id);
      if (commit.parents.length < 2) found.push(commit);
      pending.push(...commit.parents);
    }
    if (step.parents.length > 1) brought.set(step.id, found.sort((a, b) => order.get(a.id)! - order.get(b.id)!));
  }
  const oldest = steps.at(-1);
  return { steps, brought, end: oldest !== undefined && boundary.has(oldest.id) ? oldest : undefined };
}

/** The commit that the branch stood on at a time; undefined before its first. */
export function stepAt({ steps }: Line, time: number): Commit | undefined {
  return steps.find(({ committed }) => committed <= time);
}
