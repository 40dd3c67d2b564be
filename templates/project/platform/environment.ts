import {
  FluxKustomization, gcs, initdb, k8s, NamespaceDirectory, ObjectStore, PostgresCluster, ScheduledBackup, type Cluster, type ImagePins,
} from 'fluxwright';
import { site } from './site';

export interface EnvironmentProps {
  /** How many pods the application and its database have. */
  readonly instances: number;
  /** Which version of the application runs here. */
  readonly pins: ImagePins;
  /** What brings the database's operator. */
  readonly operators: FluxKustomization;
}

/** Flux deletes what leaves the tree. A database stays, and with it its namespace. */
const kept = { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' };

/** One environment: a namespace of its own, rendered in full, so that reviewers see each change of each environment. */
export function environment(cluster: Cluster, name: string, { instances, pins, operators }: EnvironmentProps): NamespaceDirectory {
  const directory = new NamespaceDirectory(cluster, name, { components: [pins] });
  new k8s.KubeNamespace(directory, 'namespace', { metadata: { name, annotations: kept } });

  const backups = new ObjectStore(directory, 'backups', { destination: gcs(`${site.backups}/${name}`, { retentionPolicy: '30d' }) });
  const database = new PostgresCluster(directory, 'database', {
    imageName: 'ghcr.io/cloudnative-pg/postgresql:17.5',
    instances,
    storage: { size: '10Gi' },
    bootstrap: initdb({ database: 'app', owner: 'app' }),
    backups,
    annotations: kept,
  });
  new ScheduledBackup(directory, 'nightly', { cluster: database, schedule: '0 0 2 * * *' });

  new k8s.KubeDeployment(directory, 'application', {
    metadata: { name: 'application' },
    spec: {
      replicas: instances,
      selector: { matchLabels: { app: 'application' } },
      template: {
        metadata: { labels: { app: 'application' } },
        spec: {
          containers: [{
            name: 'application',
            image: site.image,
            env: [{ name: 'DATABASE_URL', valueFrom: { secretKeyRef: { name: 'database-app', key: 'uri' } } }],
            ports: [{ name: 'http', containerPort: 8080 }],
            readinessProbe: { httpGet: { path: '/', port: k8s.IntOrString.fromString('http') } },
            resources: { requests: { cpu: k8s.Quantity.fromString('100m'), memory: k8s.Quantity.fromString('128Mi') } },
          }],
        },
      },
    },
  });
  new k8s.KubeService(directory, 'service', {
    metadata: { name: 'application' },
    spec: { selector: { app: 'application' }, ports: [{ name: 'http', port: 80, targetPort: k8s.IntOrString.fromString('http') }] },
  });

  new FluxKustomization(directory, name, { applies: directory, dependsOn: [operators], wait: true, timeout: '15m' });
  return directory;
}
