import { EncryptedFile, HelmRelease, HelmRepository } from 'fluxwright';
import type { EksEnvironment } from '../environment';
import { EnvironmentNamespace } from '../namespace';
import { ingressClass } from './ingress-nginx';

/** The Prometheus operator, with Prometheus, Alertmanager and Grafana. The release's name is what ServiceMonitors are chosen by. */
export function monitoring(environment: EksEnvironment): EnvironmentNamespace {
  const namespace = new EnvironmentNamespace(environment, 'monitoring', { pullsOwnImages: true });
  const source = new HelmRepository(namespace, 'prometheus-community', { url: 'https://prometheus-community.github.io/helm-charts', interval: '24h' });
  new EncryptedFile(namespace, 'grafana-admin.enc');
  new HelmRelease(namespace, 'prometheus-operator', {
    interval: '1h',
    timeout: '10m',
    chart: { chart: 'kube-prometheus-stack', version: '88.1.3', source },
    // Helm leaves CRDs alone once they are there, unless it is told
    install: { crds: 'Create', remediation: { retries: 3 } },
    upgrade: { crds: 'CreateReplace', remediation: { retries: 3 } },
    values: {
      // EKS keeps these to itself, and kube-proxy's metrics to the node
      kubeControllerManager: { enabled: false },
      kubeEtcd: { enabled: false },
      kubeProxy: { enabled: false },
      kubeScheduler: { enabled: false },
      prometheus: { prometheusSpec: { externalLabels: { environment: environment.node.id }, retention: '15d' } },
      grafana: {
        admin: { existingSecret: 'grafana-admin', userKey: 'admin-user', passwordKey: 'admin-password' },
        ingress: { enabled: true, ingressClassName: ingressClass, hosts: [environment.hosts.grafana] },
      },
    },
  });
  return namespace;
}
