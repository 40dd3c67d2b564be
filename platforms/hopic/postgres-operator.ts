import { FluxKustomization, k8s, NamespaceDirectory, StrategicMergePatch, type Cluster } from 'fluxwright';
import type { HopicOptions } from './options';
import { meshRevision, smallResources } from './site';
import { release } from './upstream';

/** CloudNativePG, inside the mesh; database pods inherit the labels and annotations that the mesh needs. */
export function postgresOperator(cluster: Cluster, issuers: FluxKustomization, options: HopicOptions): FluxKustomization {
  const directory = new NamespaceDirectory(cluster, 'cnpg-system');
  release(directory, 'cnpg', options);
  new k8s.KubeConfigMap(directory, 'controller-manager-config', {
    metadata: { name: 'cnpg-controller-manager-config' },
    data: { INHERITED_ANNOTATIONS: 'proxy.istio.io/*, sidecar.istio.io/*', INHERITED_LABELS: 'app, branch' },
  });
  new StrategicMergePatch(directory, 'join-mesh', { of: k8s.KubeNamespace, patch: { metadata: { name: 'cnpg-system', labels: meshRevision } } });
  new StrategicMergePatch(directory, 'resources', {
    of: k8s.KubeDeployment,
    patch: {
      metadata: { name: 'cnpg-controller-manager', namespace: 'cnpg-system' },
      spec: {
        template: {
          spec: {
            containers: [
              { name: 'manager', resources: smallResources },
              { name: 'istio-proxy', image: 'auto', resources: { requests: smallResources.requests } },
            ],
          },
        },
      },
    },
  });
  return new FluxKustomization(directory, 'cnpg-system', { applies: directory, dependsOn: [issuers], interval: '2m0s', wait: true });
}
