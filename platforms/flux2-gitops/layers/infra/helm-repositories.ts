import { HelmRepository } from 'fluxwright';
import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';

const urls = {
  'azure-workload-identity': 'https://azure.github.io/azure-workload-identity/charts',
  'azuredisk-csi-driver': 'https://raw.githubusercontent.com/kubernetes-sigs/azuredisk-csi-driver/master/charts',
  bitnami: 'https://charts.bitnami.com/bitnami',
  botkube: 'https://charts.botkube.io',
  'chaos-mesh': 'https://charts.chaos-mesh.org',
  dapr: 'https://dapr.github.io/helm-charts',
  flagger: 'https://flagger.app',
  grafana: 'https://grafana.github.io/helm-charts',
  'ingress-nginx': 'https://kubernetes.github.io/ingress-nginx',
  istio: 'https://istio-release.storage.googleapis.com/charts',
  jetstack: 'https://charts.jetstack.io',
  kedacore: 'https://kedacore.github.io/charts',
  kiali: 'https://kiali.org/helm-charts',
  linkerd: 'https://helm.linkerd.io/stable',
  'linkerd-smi': 'https://linkerd.github.io/linkerd-smi',
  'oauth2-proxy': 'https://oauth2-proxy.github.io/manifests',
  'open-telemetry': 'https://open-telemetry.github.io/opentelemetry-helm-charts',
  opencost: 'https://opencost.github.io/opencost-helm-chart',
  'prometheus-community': 'https://prometheus-community.github.io/helm-charts',
  pulsar: 'https://pulsar.apache.org/charts',
  qdrant: 'https://qdrant.github.io/qdrant-helm',
  traefik: 'https://traefik.github.io/charts',
  'vmware-tanzu': 'https://vmware-tanzu.github.io/helm-charts',
} as const;

/** Where charts come from, by name. */
export type Charts = Readonly<Record<keyof typeof urls, HelmRepository>>;

export function helmRepositories(layer: Layer): Charts {
  const { base } = new App(layer, 'helm-repos', { namespace: null, namespaceMetadata: null });
  return Object.fromEntries(Object.entries(urls).map(([name, url]) => [name, new HelmRepository(base, name, { url, interval: '24h' })])) as unknown as Charts;
}
