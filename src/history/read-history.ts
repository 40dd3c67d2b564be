import type { Git } from '../tree/git';
import { isManifestName } from '../tree/disk';
import type { Arrival, ArrivedVersion, History } from './arrival';
import type { Commit, FileChange } from './commit';
import { FollowedScope } from './followed-scope';
import { followLine, type Line } from './line';
import { readChanges, readCommits } from './read-commits';
import type { Scope } from './scope';
import type { Version } from './version';
import { compareVersions, type PlacedVersion, type VersionChange } from './version-changes';
import { VersionReader } from './versions-in';

/** A branch, read once: questions about its parts are cheap then. */
export interface Past {
  readonly line: Line;
  readonly changes: ReadonlyMap<string, readonly FileChange[]>;
}

/** Reads what happened on a branch. Nothing is said of what the commits at the edge of a shallow clone changed. */
export function readPast(git: Git, head: string): Past {
  const boundary = git.isShallow ? git.boundary() : new Set<string>();
  const line = followLine(readCommits(git, head), head, boundary);
  const changes = readChanges(git, head);
  return { line, changes: boundary.size === 0 ? changes : new Map([...changes].filter(([id]) => !boundary.has(id))) };
}

/** What arrived on a branch, of what a scope holds: in one pass, files of which nothing is asked are not read. */
export function readHistory(git: Git, { line, changes }: Past, scope: Scope): History {
  const steps = touching(line, changes, scope);
  const versions = readVersions(git, steps);
  const arrivals = steps.map((step) => arrivalOf(step, versions));
  return { head: line.steps[0]!, arrivals: withEarlier(arrivals), end: line.end };
}

interface Step {
  readonly commit: Commit;
  readonly files: readonly FileChange[];
  readonly brought: readonly { readonly commit: Commit; readonly files: readonly FileChange[] }[];
}

function touching({ steps, brought }: Line, changes: ReadonlyMap<string, readonly FileChange[]>, scope: Scope): Step[] {
  const followed = new FollowedScope(scope);
  return steps.flatMap((commit): Step[] => {
    // what a merge moved and changed was moved as it was by one of the commits that it brought
    const from = (brought.get(commit.id) ?? []).map((one) => ({ commit: one, files: followed.changesIn(changes.get(one.id) ?? []) }));
    const files = followed.changesIn(changes.get(commit.id) ?? []);
    if (files.length === 0) return [];
    return [{ commit, files, brought: from.filter((one) => one.files.length > 0) }];
  });
}

type VersionsOf = (files: readonly FileChange[], side: 'before' | 'after') => PlacedVersion[];

/** Every content once, as it comes from Git; of each only the versions are kept. */
function readVersions(git: Git, steps: readonly Step[]): VersionsOf {
  const files = steps.flatMap((step) => [...step.files, ...step.brought.flatMap((one) => one.files)]).filter(({ path }) => isManifestName(path));
  const ids = [...new Set(files.flatMap(({ before, after }) => [before, after]))].filter((id) => id !== undefined);
  const reader = new VersionReader();
  const known = new Map<string, readonly Version[]>();
  for (const [id, content] of git.contents(ids)) {
    const found = reader.versionsIn(content.toString('utf8'));
    if (found.length > 0) known.set(id, found);
  }
  return (changed, side) => changed.flatMap((file) => (isManifestName(file.path) ? (known.get(file[side] ?? '') ?? []) : []).map((version) => ({ ...version, file: file.path })));
}

function arrivalOf({ commit, files, brought }: Step, versionsOf: VersionsOf): Arrival {
  const between = (changed: readonly FileChange[]): VersionChange[] => compareVersions(versionsOf(changed, 'before'), versionsOf(changed, 'after'));
  const found = between(files);
  const sources = commit.parents.length < 2 || found.length === 0 ? [] : brought.map((one) => ({ commit: one.commit, versions: between(one.files) }));
  const originOf = (change: VersionChange): Commit | undefined => (commit.parents.length < 2 ? commit : sources.find(({ versions }) => versions.some((other) => isSame(change, other)))?.commit);
  return { commit, files, brought: brought.map((one) => one.commit), versions: found.map((change) => ({ ...change, origin: originOf(change), earlier: undefined })) };
}

/** Whether a commit did what the merge that brought it did in the end. */
function isSame(merged: VersionChange, single: VersionChange): boolean {
  const [one, other] = [merged.after ?? merged.before!, single.after ?? single.before!];
  return one.object === other.object && one.name === other.name && merged.after?.version === single.after?.version && (one.field === other.field || one.file === other.file);
}

/** Says of versions that came back when they were there before, under whatever file's name. */
function withEarlier(arrivals: readonly Arrival[]): Arrival[] {
  const known = new Map<string, Map<string, number>>();
  const placeOf = ({ file, object, field }: PlacedVersion): string => `${file}\0${object}\0${field}`;
  return [...arrivals].reverse().map((arrival) => ({
    ...arrival,
    versions: arrival.versions.map((change): ArrivedVersion => {
      const { before, after } = change;
      if (after === undefined) return change;
      const times = known.get(placeOf(before ?? after)) ?? new Map<string, number>();
      const told = `${after.name}\0${after.version}`;
      const earlier = before === undefined ? undefined : times.get(told);
      times.set(told, arrival.commit.committed);
      known.set(placeOf(after), times);
      return { ...change, earlier };
    }),
  })).reverse();
}
