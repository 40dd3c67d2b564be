import { FluxKustomization, HelmRelease, HelmRepository, k8s, NamespaceDirectory, type Cluster } from 'fluxwright';

const versions = {
  // renovate: datasource=helm depName=cert-manager registryUrl=https://charts.jetstack.io
  certManager: 'v1.21.2',
  // renovate: datasource=helm depName=cloudnative-pg registryUrl=https://cloudnative-pg.github.io/charts
  postgres: '0.29.1',
  // renovate: datasource=helm depName=plugin-barman-cloud registryUrl=https://cloudnative-pg.github.io/charts
  backups: '0.8.1',
};

/** What the environments stand on: CloudNativePG for databases, its plugin for their backups, and cert-manager, which the plugin needs. */
export function operators(cluster: Cluster): FluxKustomization {
  const certManager = new NamespaceDirectory(cluster, 'cert-manager');
  new k8s.KubeNamespace(certManager, 'namespace', { metadata: { name: 'cert-manager' } });
  const jetstack = new HelmRepository(certManager, 'jetstack', { url: 'https://charts.jetstack.io' });
  new HelmRelease(certManager, 'release', {
    name: 'cert-manager',
    chart: { chart: 'cert-manager', version: versions.certManager, source: jetstack },
    values: { crds: { enabled: true } },
  });
  const certificates = new FluxKustomization(certManager, 'cert-manager', { applies: certManager, wait: true, timeout: '5m' });

  const postgres = new NamespaceDirectory(cluster, 'cnpg-system');
  new k8s.KubeNamespace(postgres, 'namespace', { metadata: { name: 'cnpg-system' } });
  const charts = new HelmRepository(postgres, 'charts', { name: 'cloudnative-pg', url: 'https://cloudnative-pg.github.io/charts' });
  const operator = new HelmRelease(postgres, 'operator', {
    name: 'cloudnative-pg',
    chart: { chart: 'cloudnative-pg', version: versions.postgres, source: charts },
  });
  new HelmRelease(postgres, 'backups', {
    name: 'plugin-barman-cloud',
    chart: { chart: 'plugin-barman-cloud', version: versions.backups, source: charts },
    dependsOn: [operator],
  });
  return new FluxKustomization(postgres, 'cnpg-system', { applies: postgres, dependsOn: [certificates], wait: true, timeout: '10m' });
}
