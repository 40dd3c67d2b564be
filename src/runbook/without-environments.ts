import type { Cluster, FluxKustomization } from '../model/flux-kustomization';

/** Clusters without what the files of ephemeral environments bring, which come and go: a runbook that names them rots. */
export function withoutEnvironments(clusters: readonly Cluster[], files: ReadonlySet<string>): readonly Cluster[] {
  if (files.size === 0) return clusters;
  return clusters.map((cluster) => {
    const kept = new Map<FluxKustomization, FluxKustomization>();
    for (const one of cluster.kustomizations) {
      const isOfOne = files.has(one.object.source?.file ?? '') || (one.parent !== undefined && !kept.has(one.parent));
      if (isOfOne) continue;
      kept.set(one, { ...one, parent: one.parent && kept.get(one.parent), objects: one.objects.filter(({ source }) => !files.has(source?.file ?? '')), files: new Set([...one.files].filter((file) => !files.has(file))) });
    }
    return { ...cluster, kustomizations: [...kept.values()] };
  });
}
