import { ApiObject, FluxKustomization, FluxSystem, GitopsApp, Cluster, GitRepository, ImagePolicy, ImageRepository, NamespaceDirectory, YamlFile } from 'fluxwright';

/**
 * An app of `count` namespaces with ten objects each, one file per object, one of them with a marker.
 * @param inSync whether the Flux objects of a namespace lie in its sync.yaml instead, as people have them
 */
export function namespaces(count: number, root: string, inSync = false): GitopsApp {
  const app = new GitopsApp({ name: 'bench', root });
  const cluster = new Cluster(app, 'cluster');
  const flux = new FluxSystem(cluster, 'flux-system', { url: 'ssh://git@example.com/bench/bench', branch: 'main', syncFiles: 'by-hand' });
  const images = new NamespaceDirectory(cluster, 'images');
  const repository = new ImageRepository(images, 'server', { image: 'registry.example.com/server' });
  for (let index = 0; index < count; index++) namespace(cluster, `team-${index}`, repository, flux, inSync);
  return app;
}

function namespace(cluster: Cluster, name: string, repository: ImageRepository, flux: FluxSystem, inSync: boolean): void {
  const directory = new NamespaceDirectory(cluster, name);
  const labels = { app: 'server', team: name };
  const object = (id: string, apiVersion: string, kind: string, fields: Record<string, unknown>): ApiObject =>
    new ApiObject(directory, id, { apiVersion, kind, metadata: { name: id === 'namespace' ? name : 'server', labels }, ...fields });

  const file = (id: string): NamespaceDirectory | YamlFile => (inSync ? directory : new YamlFile(directory, id));
  const policy = new ImagePolicy(file('image-policy'), 'policy', { name, repository, semver: '>=1.0.0' });
  new GitRepository(file('source'), 'source', { name, url: `ssh://git@example.com/${name}/app`, branch: 'main' });
  new FluxKustomization(file('kustomization-server'), 'kustomization', { name, applies: directory, dependsOn: flux.dependencies, interval: '5m' });
  object('namespace', 'v1', 'Namespace', {});
  object('service-account', 'v1', 'ServiceAccount', {});
  object('config', 'v1', 'ConfigMap', { data: { LOG_LEVEL: 'info', PORT: '8080', DATABASE_HOST: 'database-rw', FEATURES: 'search,export' } });
  object('service', 'v1', 'Service', { spec: { selector: labels, ports: [{ name: 'http', port: 80, targetPort: 8080 }] } });
  object('deployment', 'apps/v1', 'Deployment', {
    spec: {
      replicas: 2,
      selector: { matchLabels: labels },
      template: {
        metadata: { labels },
        spec: {
          serviceAccountName: 'server',
          containers: [{
            name: 'server',
            image: policy.pin('registry.example.com/server:1.0.0'),
            envFrom: [{ configMapRef: { name: 'server' } }],
            ports: [{ containerPort: 8080 }],
            resources: { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '256Mi' } },
            readinessProbe: { httpGet: { path: '/healthz', port: 8080 }, periodSeconds: 10 },
          }],
        },
      },
    },
  });
  object('database', 'postgresql.cnpg.io/v1', 'Cluster', {
    spec: { instances: 3, imageName: 'ghcr.io/cloudnative-pg/postgresql:16.4', storage: { size: '10Gi' }, postgresql: { parameters: { shared_buffers: '256MB', log_statement: 'none' } } },
  });
  object('backup', 'postgresql.cnpg.io/v1', 'ScheduledBackup', { spec: { schedule: '0 0 2 * * *', cluster: { name: 'server' }, backupOwnerReference: 'self' } });
}
