import { at } from '../../model/fields';
import type { Rule } from '../rule';
import { isSettled, listed, place } from './cluster-facts';

export const pruneParentOff: Rule = {
  id: 'prune-parent-off',
  severity: 'warning',
  why: 'Where the Kustomization that applies others does not prune, deleting the file of one of those from Git leaves it and all that it applied in the cluster, although it prunes itself.',
  example: `metadata:
  name: cluster # applies "apps", which has "prune: true"
spec:
  prune: false`,
  fix: 'set "prune: true" here too; an object that must outlive its file gets the annotation kustomize.toolkit.fluxcd.io/prune: disabled',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#prune',

  *find(context) {
    for (const cluster of context.clusters) {
      for (const parent of cluster.kustomizations) {
        if (at(parent.data, 'spec.prune') === true || !isSettled(context, parent.parent, parent.object, 'prune')) continue;
        const pruned = cluster.kustomizations.filter((one) => one.parent === parent && at(one.data, 'spec.prune') === true);
        if (pruned.length === 0) continue;
        yield {
          at: { object: parent.object, path: ['spec', 'prune'] },
          message: `does not prune, but applies ${listed(pruned.map(({ key }) => key))}, which ${pruned.length === 1 ? 'does' : 'do'}`,
          in: place(cluster, parent),
        };
      }
    }
  },
};
