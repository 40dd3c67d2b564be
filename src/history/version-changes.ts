import type { Version } from './version';

/** A version with the file that says it. */
export interface PlacedVersion extends Version {
  readonly file: string;
}

/** What became of one version. One of both is missing where it came or went. */
export interface VersionChange {
  readonly before: PlacedVersion | undefined;
  readonly after: PlacedVersion | undefined;
}

/** By what a version is found again, from what says most to what says least: where it stands, what says it, what it is. */
const TRAITS: readonly ((version: PlacedVersion) => string)[] = [
  ({ file, object, field }) => `${file}\0${object}\0${field}`,
  ({ object, field, name }) => `${object}\0${field}\0${name}`,
  ({ object, field }) => `${object}\0${field}`,
  ({ type, name }) => `${type}\0${name}`,
];

/** What changed between the versions of some files, whichever of them says them. */
export function compareVersions(before: readonly PlacedVersion[], after: readonly PlacedVersion[]): VersionChange[] {
  let [gone, come] = [before, after];
  const pairs: VersionChange[] = [];
  for (const trait of TRAITS) {
    const found = pairUp(gone, come, trait);
    pairs.push(...found);
    const taken = new Set(found.flatMap((pair) => [pair.before, pair.after]));
    gone = gone.filter((version) => !taken.has(version));
    come = come.filter((version) => !taken.has(version));
  }
  const changed = pairs.filter((pair) => pair.before!.version !== pair.after!.version || pair.before!.name !== pair.after!.name);
  const order = new Map([...after, ...before].map((version, index) => [version, index]));
  return [...changed, ...come.map((version) => ({ before: undefined, after: version })), ...gone.map((version) => ({ before: version, after: undefined }))]
    .sort((a, b) => order.get((a.after ?? a.before)!)! - order.get((b.after ?? b.before)!)!);
}

/** Those that alone have a trait on both sides. */
function pairUp(before: readonly PlacedVersion[], after: readonly PlacedVersion[], trait: (version: PlacedVersion) => string): VersionChange[] {
  const gone = grouped(before, trait);
  const come = grouped(after, trait);
  return [...come].flatMap(([key, [version, ...others]]) => {
    const former = gone.get(key);
    return former?.length === 1 && others.length === 0 ? [{ before: former[0], after: version }] : [];
  });
}

function grouped(versions: readonly PlacedVersion[], trait: (version: PlacedVersion) => string): Map<string, PlacedVersion[]> {
  const groups = new Map<string, PlacedVersion[]>();
  for (const version of versions) {
    const key = trait(version);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [version]);
    else group.push(version);
  }
  return groups;
}
