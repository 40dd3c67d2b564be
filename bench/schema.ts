/** What checking objects against their schemas costs in memory: objects for each second of CPU. Run by bench/main.ts. */
import { SchemaSet } from '../src/schema/schema-set';

/** Objects such as a platform has, each with the fields that people set. */
export const typicalObjects: readonly Readonly<Record<string, unknown>>[] = [
  {
    apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace: 'web', labels: { app: 'web', tier: 'front' } },
    spec: {
      replicas: 2, selector: { matchLabels: { app: 'web' } },
      template: {
        metadata: { labels: { app: 'web' }, annotations: { 'prometheus.io/scrape': 'true' } },
        spec: {
          serviceAccountName: 'web', securityContext: { runAsNonRoot: true, fsGroup: 1000 },
          containers: [{
            name: 'web', image: 'registry.example.org/web:1.2.3', ports: [{ name: 'http', containerPort: 8080 }],
            env: [{ name: 'MODE', value: 'production' }, { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: 'web', key: 'password' } } }],
            resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
            readinessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 5 },
            volumeMounts: [{ name: 'config', mountPath: '/etc/web' }],
          }],
          volumes: [{ name: 'config', configMap: { name: 'web' } }],
        },
      },
    },
  },
  { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'web' }, spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 80, targetPort: 'http' }] } },
  { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'web', namespace: 'web' }, data: { 'app.conf': 'listen 8080\nlog json\n', LEVEL: 'info' } },
  {
    apiVersion: 'kustomize.toolkit.fluxcd.io/v1', kind: 'Kustomization', metadata: { name: 'web', namespace: 'flux-system' },
    spec: { interval: '10m', path: './k8s/web', prune: true, wait: true, timeout: '5m', sourceRef: { kind: 'GitRepository', name: 'flux-system' }, dependsOn: [{ name: 'pg' }] },
  },
  {
    apiVersion: 'postgresql.cnpg.io/v1', kind: 'Cluster', metadata: { name: 'pg', namespace: 'web' },
    spec: { instances: 3, imageName: 'ghcr.io/cloudnative-pg/postgresql:16.4', storage: { size: '10Gi', storageClass: 'fast' }, bootstrap: { initdb: { database: 'app', owner: 'app' } }, postgresql: { parameters: { max_connections: '200' } }, resources: { requests: { cpu: '1', memory: '1Gi' } } },
  },
];

const ROUNDS = 10_000;

/** A line for a person. */
export function schemaFigures(): string {
  const set = new SchemaSet();
  const beforeFirst = process.cpuUsage();
  for (const object of typicalObjects) if (set.validate(object).length > 0) throw new Error(JSON.stringify(set.validate(object)));
  const first = cpuSince(beforeFirst);
  const milliseconds = Math.min(...Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    for (let round = 0; round < ROUNDS; round++) for (const object of typicalObjects) set.validate(object);
    return cpuSince(before);
  }));
  const perSecond = (ROUNDS * typicalObjects.length * 1000) / milliseconds;
  return `objects against their schemas, in memory: ${Math.round(perSecond / 1000)},000 for each second of CPU (expected: at least 100,000); the first of each kind, with its schema: ${first.toFixed(0)} ms in all`;
}

function cpuSince(start: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}
