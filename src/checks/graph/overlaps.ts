import { at } from '../../model/fields';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import { memoized } from '../memoized';
import { appliedIn, type Named } from './cluster-facts';

/** Two Kustomizations that apply the same objects. */
export interface Overlap {
  readonly one: FluxKustomization;
  readonly other: FluxKustomization;
  /** As `other` applies them. */
  readonly shared: readonly Named[];
  /** Whether the path of one lies in that of the other, or is the same. */
  readonly nested: boolean;
}

/** Each pair once; where their paths are nested, the outer one is `one`. */
export const overlapsIn = memoized((cluster: Cluster): readonly Overlap[] => {
  const pairs = new Map<string, { one: FluxKustomization; other: FluxKustomization; shared: Named[] }>();
  for (const appliers of appliedIn(cluster).values()) {
    if (appliers.length < 2) continue;
    const distinct = [...new Map(appliers.filter(({ object }) => !isShared(object.data)).map((named) => [named.kustomization, named])).values()];
    for (const [index, first] of distinct.entries()) {
      for (const second of distinct.slice(index + 1)) {
        const key = `${first.kustomization.key} ${second.kustomization.key}`;
        const pair = pairs.get(key);
        if (pair === undefined) pairs.set(key, { one: first.kustomization, other: second.kustomization, shared: [second] });
        else pair.shared.push(second);
      }
    }
  }
  return [...pairs.values()].map(({ one, other, shared }) => {
    if (isInside(other, one)) return { one, other, shared, nested: true };
    if (isInside(one, other)) return { one: other, other: one, shared, nested: true };
    return { one, other, shared, nested: false };
  });
});

/** What Flux is told to leave alone, to make only once, or to merge into what is there. */
function isShared(data: unknown): boolean {
  const annotations = ['metadata', 'annotations'];
  const mode = at(data, [...annotations, 'kustomize.toolkit.fluxcd.io/ssa']);
  return (typeof mode === 'string' && mode.toLowerCase() !== 'override') || at(data, [...annotations, 'kustomize.toolkit.fluxcd.io/reconcile']) === 'disabled';
}

function isInside({ path: inner }: FluxKustomization, { path: outer }: FluxKustomization): boolean {
  if (inner === undefined || outer === undefined) return false;
  return outer === '' || inner === outer || inner.startsWith(`${outer}/`);
}
