import { ApiObject, Certificate, Issuer, KubeObject } from 'fluxwright';
import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import { serviceMonitor } from '../../shapes/workload';
import { PER_STAGE } from '../../site';
import type { Charts } from '../infra/helm-repositories';

/** The Istio mesh, its ingress gateway behind oauth2-proxy, and Kiali. */
export function istio(layer: Layer, charts: Charts): void {
  const app = new App(layer, 'istio', { namespace: 'istio-system' });
  const istioBase = app.release('istio-base', { from: charts.istio, chart: 'base', version: '1.x' });
  const istiod = app.release('istiod', { from: charts.istio, version: '1.x', dependsOn: [istioBase], values: 'Secret', valuesName: 'istio-istiod-values', staging: { values: 'plain' } });
  serviceMonitor(app.base, 'istio-controlplane', {
    endpoints: [{ interval: '15s', port: 'http-monitoring' }],
    selector: { matchExpressions: [{ key: 'istio', operator: 'In', values: ['pilot'] }] },
    spec: { jobLabel: 'istio', targetLabels: ['app'] },
  });
  const label = (name: string) => `__meta_kubernetes_${name}`;
  new ApiObject(app.base, 'pod-monitor', {
    apiVersion: 'monitoring.coreos.com/v1',
    kind: 'PodMonitor',
    metadata: { name: 'istio-sidecars', labels: { release: 'prometheus' } },
    spec: {
      jobLabel: 'envoy-stats',
      namespaceSelector: { any: true },
      selector: { matchExpressions: [{ key: 'istio-prometheus-ignore', operator: 'DoesNotExist' }] },
      podMetricsEndpoints: [{
        path: '/stats/prometheus',
        interval: '15s',
        relabelings: [
          { action: 'keep', sourceLabels: [label('pod_container_name')], regex: 'istio-proxy' },
          { action: 'keep', sourceLabels: [label('pod_annotationpresent_prometheus_io_scrape')] },
          {
            action: 'replace', sourceLabels: ['__address__', label('pod_annotation_prometheus_io_port')],
            regex: '([^:]+)(?::\\d+)?;(\\d+)', replacement: '$1:$2', targetLabel: '__address__',
          },
          { action: 'labeldrop', regex: label('pod_label_(.+)') },
          { action: 'replace', sourceLabels: [label('namespace')], targetLabel: 'namespace' },
          { action: 'replace', sourceLabels: [label('pod_name')], targetLabel: 'pod_name' },
        ],
      }],
    },
  });

  const gateway = new App(layer, 'istio-ingress', { namespaceMetadata: { labels: { 'istio-injection': 'enabled' } } });
  gateway.release('istio-ingress', { from: charts.istio, chart: 'gateway', version: '1.x', dependsOn: [istioBase, istiod], values: 'Secret' });
  ingressGateway(gateway);

  const kiali = new App(layer, 'kiali', { namespace: 'istio-system', namespaceMetadata: null, staging: { included: false } });
  kiali.release('kiali-server', { from: charts.kiali, version: '1.x', dependsOn: [istioBase, istiod], values: 'Secret', valuesName: 'kiali-values', staging: { values: 'plain' } });
}

function ingressGateway(app: App): void {
  const { base } = app;
  new Issuer(base, 'letsencrypt-istio', {
    spec: {
      acme: {
        email: PER_STAGE,
        server: 'https://acme-v02.api.letsencrypt.org/directory',
        privateKeySecretRef: { name: 'letsencrypt-istio' },
        solvers: [{
          dns01: {
            azureDNS: {
              clientID: PER_STAGE, clientSecretSecretRef: { name: 'azuredns-config', key: 'client-secret' },
              subscriptionID: PER_STAGE, tenantID: PER_STAGE, resourceGroupName: PER_STAGE, hostedZoneName: PER_STAGE, environment: 'AzurePublicCloud',
            },
          },
        }],
      },
    },
  });
  new Certificate(base, 'ingress-cert', { spec: { secretName: 'ingress-cert', issuerRef: { kind: 'Issuer', name: 'letsencrypt-istio' }, commonName: PER_STAGE, dnsNames: [PER_STAGE] } });
  const selector = { istio: 'ingress' };
  new KubeObject(base, 'gateway', {
    of: { apiVersion: 'networking.istio.io/v1alpha3', kind: 'Gateway' },
    object: {
      metadata: { name: 'ingress-gateway' },
      spec: {
        selector,
        servers: [
          { port: { number: 80, name: 'http', protocol: 'HTTP' }, hosts: [PER_STAGE], tls: { httpsRedirect: true } },
          { port: { number: 443, name: 'https', protocol: 'HTTPS' }, hosts: [PER_STAGE], tls: { mode: 'SIMPLE', credentialName: 'ingress-cert' } },
        ],
      },
    },
  });
  new KubeObject(base, 'authorization-policy', {
    of: { apiVersion: 'security.istio.io/v1beta1', kind: 'AuthorizationPolicy' },
    object: {
      metadata: { name: 'ingress-auth-policy' },
      spec: { selector: { matchLabels: selector }, action: 'CUSTOM', provider: { name: 'oauth2-proxy' }, rules: [{ to: [{ operation: { hosts: [PER_STAGE] } }] }] },
    },
  });
  serviceMonitor(base, 'istio-ingressgateway', { endpoints: [{ path: '/stats/prometheus', targetPort: 'http-envoy-prom' }], namespaces: ['istio-ingress'], selector: { matchLabels: selector } });
  app.staging.encrypted({ patches: ['certificate', 'issuer', 'gateway', 'authorization-policy'], resources: ['azuredns-config'] });
}
