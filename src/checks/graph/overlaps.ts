import { at } from '../../model/fields';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import { appliedIn, type Named } from './cluster-facts';
import { lostKustomizations } from './sources-of-cluster';

/** Two Kustomizations that apply the same objects, one from inside the path of the other. */
export interface Overlap {
  readonly outer: FluxKustomization;
  readonly inner: FluxKustomization;
  /** As `inner` applies them. */
  readonly shared: readonly Named[];
}

/** Each pair once. */
export function overlapsIn(cluster: Cluster): readonly Overlap[] {
  const pairs = new Map<string, { readonly outer: FluxKustomization; readonly inner: FluxKustomization; readonly shared: Named[] }>();
  for (const all of appliedIn(cluster).values()) {
    if (all.length < 2) continue;
    const owned = owners(cluster, all);
    for (const named of owned) {
      // the first that holds it is enough where many apply one object
      const outer = owned.find(({ kustomization }) => kustomization !== named.kustomization && isInside(named.kustomization, kustomization) && !(kustomization.path === named.kustomization.path && owned.indexOf(named) === 0))?.kustomization;
      if (outer === undefined) continue;
      const key = `${outer.key} ${named.kustomization.key}`;
      const pair = pairs.get(key);
      if (pair === undefined) pairs.set(key, { outer, inner: named.kustomization, shared: [named] });
      else pair.shared.push(named);
    }
  }
  return [...pairs.values()];
}

/** Each Kustomization that claims an object, once: not those that Flux is told to make it only once, to merge into it or to leave it alone. */
export function owners(cluster: Cluster, all: readonly Named[]): Named[] {
  const lost = lostKustomizations(cluster);
  return [...new Map(all.filter(({ object, kustomization }) => !isShared(object.data) && !lost.has(kustomization)).map((named) => [named.kustomization, named])).values()];
}

function isShared(data: unknown): boolean {
  const annotations = ['metadata', 'annotations'];
  const mode = at(data, [...annotations, 'kustomize.toolkit.fluxcd.io/ssa']);
  return (typeof mode === 'string' && mode.toLowerCase() !== 'override') || at(data, [...annotations, 'kustomize.toolkit.fluxcd.io/reconcile']) === 'disabled';
}

/** Whether the path of one lies in that of the other, or is the same. */
export function isInside({ path: inner }: FluxKustomization, { path: outer }: FluxKustomization): boolean {
  if (inner === undefined || outer === undefined) return false;
  return outer === '' || inner === outer || inner.startsWith(`${outer}/`);
}
