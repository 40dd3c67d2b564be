import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import type { Applier } from '../changes';
import type { State } from '../state';

/** A cluster that is there on both sides. */
export interface ClusterPair {
  readonly name: string;
  readonly before: Cluster;
  readonly after: Cluster;
}

const pairs = new WeakMap<State, WeakMap<State, readonly ClusterPair[]>>();

/** The clusters that are there on both sides. */
export function clusterPairs({ before, after }: { readonly before: State; readonly after: State }): readonly ClusterPair[] {
  const known = pairs.get(before) ?? new WeakMap<State, readonly ClusterPair[]>();
  pairs.set(before, known);
  let found = known.get(after);
  if (found === undefined) {
    const successor = successorsAmong(after.clusters);
    known.set(after, (found = before.clusters.flatMap((cluster) => {
      const now = successor(cluster);
      return now === undefined ? [] : [{ name: cluster.name, before: cluster, after: now }];
    })));
  }
  return found;
}

/** Finds the same cluster later: it begins with the same Flux Kustomization of the same file, wherever that leads, or has the same path. */
export function successorsAmong(later: readonly Cluster[]): (cluster: Cluster) => Cluster | undefined {
  const byName = firstOf(later, ({ name }) => name);
  const byEntry = firstOf(later, entryOf);
  return (cluster) => {
    const entry = entryOf(cluster);
    return (entry === undefined ? undefined : byEntry.get(entry)) ?? byName.get(cluster.name);
  };
}

function entryOf({ kustomizations: [first] }: Cluster): string | undefined {
  return first?.object.source === undefined ? undefined : `${first.key}\0${first.object.source.file}`;
}

function firstOf(clusters: readonly Cluster[], keyOf: (cluster: Cluster) => string | undefined): ReadonlyMap<string, Cluster> {
  const found = new Map<string, Cluster>();
  for (const cluster of clusters) {
    const key = keyOf(cluster);
    if (key !== undefined && !found.has(key)) found.set(key, cluster);
  }
  return found;
}

const kustomizations = new WeakMap<State, ReadonlyMap<string, FluxKustomization>>();

/** A Flux Kustomization on the side where it is. */
export function findKustomization(state: State, { cluster, kustomization }: Applier): FluxKustomization | undefined {
  let known = kustomizations.get(state);
  if (known === undefined) kustomizations.set(state, (known = new Map(state.clusters.flatMap(({ name, kustomizations: all }) => all.map((one) => [`${name}\0${one.key}`, one])))));
  return known.get(`${cluster}\0${kustomization ?? ''}`);
}
