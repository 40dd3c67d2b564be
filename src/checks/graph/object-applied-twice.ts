import { identityTitle } from '../../model/source-object';
import type { Rule } from '../rule';
import { place } from './cluster-facts';
import { overlapsIn } from './overlaps';

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
      for (const { one, other, shared, nested } of overlapsIn(cluster)) {
        const [first, ...more] = shared;
        if (nested || first === undefined) continue;
        yield {
          at: { object: first.object },
          message: `${identityTitle(first.identity)} is applied by ${one.key} and by ${other.key}${more.length === 0 ? '' : more.length === 1 ? ', as is 1 more object' : `, as are ${more.length} more objects`}`,
          in: place(cluster, other),
        };
      }
    }
  },
};
