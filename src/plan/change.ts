import type { CheckContext } from '../checks/check-context';
import { dependencyKeys } from '../checks/graph/helm-releases';
import { at } from '../model/fields';
import type { Cluster, FluxKustomization } from '../model/flux-kustomization';
import { identityKey } from '../model/source-object';
import type { Tree } from '../tree/tree';
import type { PlannedRemoval, Touch } from './plan';

/** What a change concerns of one cluster. */
export interface ClusterChange {
  /** By key: those that it touches, and those that wait for them. */
  readonly touches: ReadonlyMap<string, Touch>;
  readonly removed: readonly PlannedRemoval[];
}

/** The files that differ between two trees, by path. */
export function changedFiles(before: Tree, after: Tree): ReadonlySet<string> {
  const paths = new Set([...before.paths(), ...after.paths()]);
  return new Set([...paths].filter((path) => {
    const [one, other] = [before.get(path), after.get(path)];
    return one === undefined || other === undefined || !one.bytes.equals(other.bytes);
  }).sort());
}

/** Changed files that nothing of any cluster is built from. */
export function unappliedFiles(changed: ReadonlySet<string>, states: readonly CheckContext[]): string[] {
  const reached = new Set(states.flatMap(({ clusters }) => clusters.flatMap(({ kustomizations, byHand }) => [...kustomizations.flatMap((one) => filesOf(one)), ...byHand.flatMap(({ source }) => source?.file ?? [])])));
  return [...changed].filter((path) => !reached.has(path));
}

/** What of a cluster a change concerns: by files first, then by what is built from them, then by who depends on whom. */
export function clusterChange(before: Cluster | undefined, after: Cluster, changed: ReadonlySet<string>): ClusterChange {
  const earlier = new Map((before?.kustomizations ?? []).map((one) => [one.key, one]));
  const touches = new Map<string, Touch>();
  for (const one of after.kustomizations) {
    const touch = touchOf(earlier.get(one.key), one, changed);
    if (touch !== undefined) touches.set(one.key, touch);
  }
  follow(after, touches);
  const left = new Set(after.kustomizations.map(({ key }) => key));
  const removed = [...earlier.values()].filter(({ key }) => !left.has(key)).map(({ key, objects, data }) => ({ kustomization: key, objects: objects.length, isPruned: at(data, 'spec.prune') === true }));
  return { touches, removed: removed.sort((a, b) => (a.kustomization < b.kustomization ? -1 : 1)) };
}

function touchOf(before: FluxKustomization | undefined, after: FluxKustomization, changed: ReadonlySet<string>): Touch | undefined {
  const files = [...new Set([...filesOf(after), ...(before === undefined ? [] : filesOf(before))])].filter((file) => changed.has(file)).sort();
  const isChanged = before !== undefined && JSON.stringify(before.data) !== JSON.stringify(after.data);
  const objects = compare(before, after);
  const differs = objects.added + objects.changed + objects.removed > 0;
  // its own file may hold others, and a file that it is built from may say the same in other words
  const own = after.object.source?.file;
  const isBuiltFromChange = files.some((file) => after.files.has(file) || before?.files.has(file) === true || (file === own && isChanged));
  if (before !== undefined && !isChanged && !differs && !isBuiltFromChange) return undefined;
  return { files, objects, isNew: before === undefined, isChanged, behind: [] };
}

/** The files that it is built from, and the one that it is written in. */
function filesOf({ files, object }: FluxKustomization): string[] {
  return [...files, ...(object.source === undefined ? [] : [object.source.file])];
}

function compare(before: FluxKustomization | undefined, after: FluxKustomization): Touch['objects'] {
  const earlier = contents(before);
  const now = contents(after);
  const added = [...now.keys()].filter((key) => !earlier.has(key)).length;
  const removed = [...earlier.keys()].filter((key) => !now.has(key)).length;
  return { added, changed: [...now].filter(([key, text]) => earlier.has(key) && earlier.get(key) !== text).length, removed };
}

function contents(kustomization: FluxKustomization | undefined): ReadonlyMap<string, string> {
  return new Map((kustomization?.objects ?? []).map((object) => [identityKey(object), JSON.stringify(object.data)]));
}

/** What depends on one that is touched applies only when that one has the new revision. */
function follow(cluster: Cluster, touches: Map<string, Touch>): void {
  const dependants = new Map<string, FluxKustomization[]>();
  for (const one of cluster.kustomizations) {
    for (const { key } of dependencyKeys(one.data, one.namespace)) dependants.set(key, [...(dependants.get(key) ?? []), one]);
  }
  const pending = [...touches.keys()];
  for (const key of pending) {
    for (const { key: dependant } of dependants.get(key) ?? []) {
      const known = touches.get(dependant);
      if (known !== undefined && known.behind.length === 0) continue;
      if (known === undefined) pending.push(dependant);
      touches.set(dependant, { files: [], objects: { added: 0, changed: 0, removed: 0 }, isNew: false, isChanged: false, behind: [...(known?.behind ?? []), key].sort() });
    }
  }
}
