import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import { identityTitle } from '../../model/source-object';
import type { Report, Rule } from '../rule';
import { isSettled, listed, place } from './cluster-facts';
import { overlapsIn, type Overlap } from './overlaps';

export const pathInsidePath: Rule = {
  id: 'path-inside-path',
  severity: 'warning',
  why: 'A Kustomization whose path holds another one\'s folder applies the same objects, without the other\'s patches, variables and decryption: they overwrite each other for ever, and pruning by one deletes what the other wants.',
  example: `# "all" has no kustomization.yaml in ./apps, so that it applies everything below it
path: ./apps
# "web"
path: ./apps/web`,
  fix: 'list in a kustomization.yaml what the outer one is to apply, or drop one of them',
  link: 'https://fluxcd.io/flux/components/kustomize/kustomizations/#path',

  *find(context) {
    for (const cluster of context.clusters) {
      const byOuter = new Map<FluxKustomization, Overlap[]>();
      for (const overlap of overlapsIn(cluster)) {
        if (![overlap.outer, overlap.inner].every(({ parent, object }) => isSettled(context, parent, object, 'path'))) continue;
        const overlaps = byOuter.get(overlap.outer);
        if (overlaps === undefined) byOuter.set(overlap.outer, [overlap]);
        else overlaps.push(overlap);
      }
      for (const [outer, overlaps] of byOuter) yield told(cluster, outer, overlaps);
    }
  },
};

function told(cluster: Cluster, outer: FluxKustomization, overlaps: readonly Overlap[]): Report {
  const shared = overlaps.flatMap((overlap) => overlap.shared);
  const same = overlaps.every(({ inner }) => inner.path === outer.path);
  const count = shared.length === 1 ? identityTitle(shared[0]!.identity) : `${shared.length} objects, such as ${identityTitle(shared[0]!.identity)}`;
  return {
    at: { object: outer.object, path: ['spec', 'path'] },
    message: `applies ${count}, which ${listed(overlaps.map(({ inner }) => inner.key))} ${overlaps.length === 1 ? 'applies' : 'apply'} as well, from ${same ? 'the same path' : 'inside its path'}`,
    fix: same ? 'drop one of them, or give it a path of its own' : undefined,
    in: place(cluster, outer),
  };
}
