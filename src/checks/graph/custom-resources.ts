import { textAt } from '../../model/fields';
import type { Cluster, FluxKustomization } from '../../model/flux-kustomization';
import { memoized } from '../memoized';

/** The Kustomizations that install the CRD of a kind, by `group/Kind`. */
export const crdInstallers = memoized((cluster: Cluster): ReadonlyMap<string, readonly FluxKustomization[]> => {
  const found = new Map<string, FluxKustomization[]>();
  for (const kustomization of cluster.kustomizations) {
    for (const { kind, data } of kustomization.objects) {
      if (kind !== 'CustomResourceDefinition') continue;
      const key = `${textAt(data, 'spec.group') ?? ''}/${textAt(data, 'spec.names.kind') ?? ''}`;
      const installers = found.get(key);
      if (installers === undefined) found.set(key, [kustomization]);
      else if (!installers.includes(kustomization)) installers.push(kustomization);
    }
  }
  return found;
});

/** Groups of Flux and its operator, whose CRDs are in the cluster before anything is applied by them. */
export function isFluxGroup(group: string): boolean {
  return group.endsWith('.toolkit.fluxcd.io') || group === 'fluxcd.controlplane.io' || group === 'source.extensions.fluxcd.io';
}

/** Whether an API group is one that a CRD or another API server adds: Kubernetes' own have no dot, or end in k8s.io. */
export function isCustomGroup(group: string): boolean {
  return group.includes('.') && !BUILT_IN.has(group);
}

const BUILT_IN = new Set([
  'admissionregistration.k8s.io', 'apiextensions.k8s.io', 'apiregistration.k8s.io', 'authentication.k8s.io', 'authorization.k8s.io', 'certificates.k8s.io', 'coordination.k8s.io',
  'discovery.k8s.io', 'events.k8s.io', 'flowcontrol.apiserver.k8s.io', 'internal.apiserver.k8s.io', 'networking.k8s.io', 'node.k8s.io', 'rbac.authorization.k8s.io', 'resource.k8s.io',
  'scheduling.k8s.io', 'storage.k8s.io', 'storagemigration.k8s.io',
]);
