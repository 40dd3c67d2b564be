import { ConfigMapGenerator, type HelmRelease } from 'fluxwright';
import { App, helmApp } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import { azureDisks } from './azure-disks';
import { certManager } from './cert-manager';
import { helmRepositories, type Charts } from './helm-repositories';

/** What other layers stand on. */
export interface Foundation {
  readonly charts: Charts;
  readonly prometheus: HelmRelease;
  readonly ingressNginx: HelmRelease;
  readonly traefik: HelmRelease;
}

/** Storage, monitoring, certificates and the ways in. */
export function infra(layer: Layer): Foundation {
  const charts = helmRepositories(layer);
  azureDisks(layer, charts);
  certManager(layer, charts);

  const prometheus = helmApp(layer, 'prometheus', {
    namespace: 'monitoring', from: charts['prometheus-community'], chart: 'kube-prometheus-stack', version: '48.x', values: 'Secret', staging: { values: 'encrypted' },
  });
  const memcached = helmApp(layer, 'memcached', { from: charts.bitnami, version: '6.x', dependsOn: [prometheus], values: 'ConfigMap', staging: { values: 'plain' } });

  const nginx = new App(layer, 'ingress-nginx');
  const ingressNginx = nginx.release('ingress-nginx', {
    from: charts['ingress-nginx'], version: '4.4.2', dependsOn: [prometheus, memcached], values: 'Secret', staging: { values: 'encrypted' },
  });
  // the chart's values name it, where no hash could follow
  new ConfigMapGenerator(nginx.base, 'modsecurity', { files: [nginx.data(nginx.base, 'modsecurity.conf')], options: { disableNameSuffixHash: true } });

  const traefik = helmApp(layer, 'traefik', { from: charts.traefik, version: '23.x', values: 'Secret' });
  helmApp(layer, 'velero', {
    namespaceMetadata: { labels: { component: 'velero', 'kubernetes.io/metadata.name': 'velero' } },
    from: charts['vmware-tanzu'], version: '2.x', values: 'Secret', staging: { values: 'encrypted', included: false },
  });
  return { charts, prometheus, ingressNginx, traefik };
}
