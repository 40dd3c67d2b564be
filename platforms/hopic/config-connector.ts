import { ConfigConnector, ConfigConnectorContext, FluxKustomization, k8s, KubeObject, NamespaceDirectory, type Cluster, type FluxSystem } from 'fluxwright';
import type { HopicOptions } from './options';
import { googleServiceAccount, site } from './site';
import { release } from './upstream';

/** Config Connector, which makes Google's resources from Kubernetes objects. Returns what those objects have to wait for. */
export function configConnector(cluster: Cluster, flux: FluxSystem, options: HopicOptions): FluxKustomization {
  const system = new NamespaceDirectory(cluster, 'configconnector-operator-system', { setsNamespace: false });
  release(system, 'config-connector', options);
  new ConfigConnector(system, 'configconnector', { spec: { mode: 'namespaced' } });
  const operator = new FluxKustomization(system, 'configconnector-operator-system', {
    applies: system,
    dependsOn: flux.dependencies,
    interval: '1m0s',
    wait: true,
    spec: { path: './k8s/configconnector-operator-system/' }, // as it stands in the cluster; the slash makes no difference
  });

  const resources = new NamespaceDirectory(cluster, 'configconnector-resources');
  new KubeObject(resources, 'namespace', {
    of: k8s.KubeNamespace,
    object: { metadata: { name: 'configconnector-resources', annotations: { 'cnrm.cloud.google.com/project-id': site.project } }, spec: {}, status: {} },
  });
  new ConfigConnectorContext(resources, 'context', { spec: { googleServiceAccount: googleServiceAccount('hopic-provisioner'), stateIntoSpec: 'Absent' } });
  return new FluxKustomization(resources, 'configconnector-resources', {
    applies: resources,
    dependsOn: [operator],
    interval: '1m0s',
    wait: true,
    spec: { path: './k8s/configconnector-resources/' },
  });
}
