import { k8s } from 'fluxwright';
import { App } from '../../shapes/app';
import type { Layer } from '../../shapes/layer';
import { endpoints } from '../../site';

/** Turns the cluster's events into traces, for which it may read everything. */
export function kspan(layer: Layer): void {
  const name = 'kspan';
  const app = new App(layer, name, { staging: { parked: true } });
  app.workload(name, {
    image: 'weaveworks/kspan:main-12eefbe6',
    requests: { cpu: '10m', memory: '20Mi' },
    limits: { cpu: '100m', memory: '30Mi' },
    more: {
      container: { command: ['/manager'], args: [`--otlp-addr=${endpoints.tempo}:4317`] },
      pod: { serviceAccountName: name, automountServiceAccountToken: true, terminationGracePeriodSeconds: 10 },
    },
  });
  const metadata = { name };
  new k8s.KubeServiceAccount(app.base, 'service-account', { metadata });
  new k8s.KubeClusterRole(app.base, 'cluster-role', { metadata, rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['*'] }] });
  new k8s.KubeClusterRoleBinding(app.base, 'cluster-role-binding', {
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name },
    subjects: [{ kind: 'ServiceAccount', name, namespace: name }],
  });
}
