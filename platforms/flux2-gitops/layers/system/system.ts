import { KubeObject } from 'fluxwright';
import { App, helmApp } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import type { Flux2GitopsOptions } from '../../options';
import type { Foundation } from '../infra/infra';
import { databases } from './databases';
import { dapr } from './dapr';
import { elasticsearch } from './elasticsearch';
import { flux } from './flux';
import { istio } from './istio';
import { keda } from './keda';
import { linkerd } from './linkerd';
import { postfix } from './postfix';
import { traefikForwardAuth } from './traefik-forward-auth';
import { tracing } from './tracing';

/** What applications use: meshes, databases, queues, tracing, autoscaling, progressive delivery and chaos. */
export function system(layer: Layer, { charts, prometheus }: Foundation, options: Flux2GitopsOptions): void {
  flux(layer);
  upstream(layer);

  const mesh = linkerd(layer, charts, options);
  istio(layer, charts);
  const { postgres, redis } = databases(layer, charts, prometheus);
  tracing(layer, charts);
  dapr(layer, charts);
  keda(layer, charts, prometheus);
  elasticsearch(layer);
  postfix(layer);
  traefikForwardAuth(layer);

  const flagger = new App(layer, 'flagger');
  flagger.release('flagger', { from: charts.flagger, version: '1.x', dependsOn: mesh, values: 'ConfigMap' });
  flagger.release('loadtester', { from: charts.flagger, version: '0.x', dependsOn: mesh });

  helmApp(layer, 'azure-workload-identity', {
    namespace: 'azure-workload-identity-system', release: 'workload-identity-webhook',
    from: charts['azure-workload-identity'], version: '0.x', values: 'Secret', staging: { values: 'encrypted' },
  });
  helmApp(layer, 'botkube', { from: charts.botkube, version: 'v1.x', values: 'Secret', staging: { version: 'v1.5.x', values: 'encrypted' } });
  helmApp(layer, 'chaos-mesh', { from: charts['chaos-mesh'], version: '2.x', dependsOn: [postgres], values: 'Secret', staging: { values: 'encrypted' } });
  helmApp(layer, 'oauth2-proxy', { from: charts['oauth2-proxy'], version: '6.x', dependsOn: [redis], values: 'Secret', staging: { values: 'encrypted' } });

  const opencost = new App(layer, 'opencost', { staging: { included: false } });
  opencost.release('opencost', { from: charts.opencost, version: '1.x', values: 'Secret' });
  opencost.staging.encrypted({ resources: ['azure-service-key'] });

  const snapshots = new App(layer, 'vsc', { namespace: null, namespaceMetadata: null });
  new KubeObject(snapshots.base, 'volume-snapshot-class', {
    of: { apiVersion: 'snapshot.storage.k8s.io/v1', kind: 'VolumeSnapshotClass' },
    object: { metadata: { name: 'csi-azuredisk-vsc' }, driver: 'disk.csi.azure.com', deletionPolicy: 'Delete', parameters: { incremental: 'true' } },
  });
}

/** What is taken as its projects publish it; kustomize downloads it. */
function upstream(layer: Layer): void {
  new App(layer, 'gateway-api', { namespace: null, namespaceMetadata: null, resources: ['https://github.com/kubernetes-sigs/gateway-api/config/crd?ref=main'] });
  const keycloak = 'https://raw.githubusercontent.com/keycloak/keycloak-k8s-resources/20.0.3/kubernetes';
  new App(layer, 'keycloak-operator', {
    namespace: 'keycloak',
    resources: ['keycloaks.k8s.keycloak.org-v1.yml', 'keycloakrealmimports.k8s.keycloak.org-v1.yml', 'kubernetes.yml'].map((file) => `${keycloak}/${file}`),
  });
}
