import { isManifestName } from '../tree/disk';
import type { Git } from '../tree/git';
import type { Arrival } from './arrival';
import type { Commit } from './commit';
import type { Scope } from './scope';
import type { PlacedVersion } from './version-changes';
import { VersionReader } from './versions-in';

/** What a branch had at a time. */
export interface State {
  /** The commit that it stood on. */
  readonly commit: Commit;
  readonly versions: readonly HeldVersion[];
}

export interface HeldVersion extends PlacedVersion {
  /** What brought it; undefined where that is beyond the end of a shallow clone. */
  readonly since: Arrival | undefined;
}

/**
 * The versions that a commit has.
 * @param arrivals what arrived up to it, newest first
 */
export function readState(git: Git, commit: Commit, scope: Scope, arrivals: readonly Arrival[]): State {
  const entries = [...git.commit(commit.id) ?? []].filter(([path]) => isManifestName(path) && scope.includes(path));
  const contents = new Map(git.contents([...new Set(entries.map(([, id]) => id))]));
  const reader = new VersionReader();
  const found = entries.flatMap(([file, id]) => reader.versionsIn(contents.get(id)?.toString('utf8') ?? '').map((version) => ({ ...version, file })));
  const [exact, moved] = [new Map<string, Arrival>(), new Map<string, Arrival>()];
  for (const arrival of arrivals) {
    for (const { after } of arrival.versions) {
      if (after === undefined) continue;
      if (!exact.has(placeOf(after))) exact.set(placeOf(after), arrival);
      if (!moved.has(identityOf(after))) moved.set(identityOf(after), arrival);
    }
  }
  return { commit, versions: found.map((version) => ({ ...version, since: exact.get(placeOf(version)) ?? moved.get(identityOf(version)) })) };
}

function placeOf(version: PlacedVersion): string {
  return `${version.file}\0${identityOf(version)}`;
}

/** For one whose file had another name when it arrived. */
function identityOf({ object, field, name, version }: PlacedVersion): string {
  return `${object}\0${field}\0${name}\0${version}`;
}
