import { identityTitle } from '../../model/source-object';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import type { Rule } from '../rule';
import { appliedIn, listed, place, type Named } from './cluster-facts';
import { isInside, owners } from './overlaps';

export const objectAppliedTwice: Rule = {
  id: 'object-applied-twice',
  severity: 'warning',
  why: 'Two Kustomizations that apply one object take it from each other at every reconciliation, and when one of them stops applying it, pruning deletes it under the other.',
  example: `# apps/web/namespace.yaml and apps/mail/namespace.yaml, applied by two Kustomizations
kind: Namespace
metadata:
  name: shop`,
  fix: 'keep the object in one of them, and let the other depend on that one',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune',

  *find({ clusters }) {
    for (const cluster of clusters) {
      for (const [first, ...more] of contested(cluster)) {
        const [object, appliers] = [first!.object, first!.appliers];
        yield {
          at: { object: object.object },
          message: `${identityTitle(object.identity)} is applied by ${listed(appliers.map(({ key }) => key))}${more.length === 0 ? '' : more.length === 1 ? ', as is 1 more object' : `, as are ${more.length} more objects`}`,
          in: place(cluster, object.kustomization),
        };
      }
    }
  },
};

interface Contested {
  /** As the last of them applies it. */
  readonly object: Named;
  readonly appliers: readonly FluxKustomization[];
}

/** Objects that several apply, by who they are. A folder within another's path has its own rule. */
function contested(cluster: Cluster): Iterable<readonly Contested[]> {
  const groups = new Map<string, Contested[]>();
  for (const all of appliedIn(cluster).values()) {
    if (all.length < 2) continue;
    const owned = owners(cluster, all).filter(({ kustomization }, _, those) => !those.some((other) => other.kustomization !== kustomization && isInside(kustomization, other.kustomization)));
    if (owned.length < 2) continue;
    const appliers = owned.map(({ kustomization }) => kustomization);
    const key = appliers.map((one) => one.key).join(' ');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ object: owned.at(-1)!, appliers }]);
    else group.push({ object: owned.at(-1)!, appliers });
  }
  return groups.values();
}
