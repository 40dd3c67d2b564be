import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { azure, Cluster, FluxKustomization, FluxSystem, gcs, initdb, InPlaceRecovery, NamespaceDirectory, ObjectStore, PostgresCluster, RestoredCluster, Directory, s3, type PostgresClusterProps } from 'fluxwright';
import { testApp } from 'fluxwright/testing';
import { parse } from 'yaml';
import { readTree } from '../../src/tree/disk';
import { testWith } from '../tools';
import { restoreOf } from './database-of';

const project = join(__dirname, '..', '..');
const REQUESTS = {
  'from-object-store': { from: 'object-store', inPlace: false },
  'from-live-cluster': { from: 'live', inPlace: false },
  'from-backup': { from: 'backup', backup: 'nightly', inPlace: false },
  'in-place': { from: 'object-store', inPlace: true },
} as const;

testWith('kustomize', "the flagship's recoveries by construct are what the command derives from its committed tree", async (kustomize) => {
  const files = Object.fromEntries([...readTree(join(project, 'k8s'))].map(({ path, bytes }) => [`k8s/${path}`, bytes.toString()]));
  const folder = 'k8s/server/overlays/prod/postgres/restore';
  const made = { 'restore-from-object-storage': 'from-object-store', 'restore-from-live-cluster': 'from-live-cluster', 'restore-from-k8s-backup-object': 'from-backup', 'recover-in-place': 'in-place' } as const;

  for (const [file, way] of Object.entries(made)) {
    const request = { ...REQUESTS[way], ...(way === 'from-backup' ? { backup: 'postgres14-cluster-backup' } : {}) };
    const { manifest } = await restoreOf(files, 'cpho-postgres14-cluster', request, kustomize);
    const byConstruct = parse(readFileSync(join(project, folder, `${file}.yaml`), 'utf8')) as { metadata: object };

    // the overlay's labels are put on by kustomize, which constructs do not see
    expect(manifest).toEqual({ ...byConstruct, metadata: { ...byConstruct.metadata, labels: { app: 'database', branch: 'prod' } } });
  }
});

const destinations = {
  gcs: () => gcs('gs://backups/', { retentionPolicy: '30d', data: { compression: 'gzip' }, wal: { maxParallel: 2 }, tags: { a: 'b' } }),
  s3: () => s3('s3://backups/pg', { accessKeyId: { name: 'keys', key: 'id' }, secretAccessKey: { name: 'keys', key: 'secret' }, endpointURL: 'https://s3.example.com' }),
  azure: () => azure('https://shop.blob.core.windows.net/backups', { connectionString: { name: 'azure', key: 'connection' } }),
};

const databases = fc.record({
  store: fc.constantFrom(...(Object.keys(destinations) as (keyof typeof destinations)[])),
  byPlugin: fc.boolean(),
  props: fc.record({
    serverName: fc.constantFrom('pg', 'pg-2', 'before'),
    bootstrap: fc.constantFrom({}, { database: 'shop', owner: 'shop' }, { database: 'shop', owner: 'clerk', secret: { name: 'login' } }).map((settings) => initdb(settings)),
    certificates: fc.constant({ serverCASecret: 'own-ca', serverTLSSecret: 'own', replicationTLSSecret: 'standby', clientCASecret: 'own-ca' }),
    walStorage: fc.constant({ size: '5Gi' }),
    superuserSecret: fc.constant({ name: 'admin' }),
    enableSuperuserAccess: fc.boolean(),
    monitoring: fc.constant({ enablePodMonitor: true }),
    volumeSnapshot: fc.constant({ className: 'fast' }),
    plugins: fc.constant([{ name: 'example.com/audit' }]),
    annotations: fc.constant({ team: 'shop' }),
    spec: fc.constant({ managed: { roles: [{ name: 'reader' }], services: { additional: [{ selectorType: 'rw' as const, serviceTemplate: { metadata: { name: 'db' } } }], disabledDefaultServices: ['ro' as const] } } }),
  }, { requiredKeys: [] }),
});

test('constructs and the command derive the same recovery from any database', async () => {
  await fc.assert(fc.asyncProperty(databases, async ({ store, byPlugin, props }) => {
    const files = platform(destinations[store](), byPlugin, props as Partial<PostgresClusterProps>);

    for (const [way, request] of Object.entries(REQUESTS)) {
      if (byPlugin && way === 'from-backup') continue; // which CNPG cannot
      const { manifest } = await restoreOf(files, 'shop/pg', request);
      expect(manifest).toEqual(parse(files[`k8s/shop/restore/${way}.yaml`]!));
    }
  }), { numRuns: 40 });
});

/** A platform with a database and its recoveries, as files. */
function platform(destination: ReturnType<typeof gcs>, byPlugin: boolean, props: Partial<PostgresClusterProps>): Record<string, string> {
  const app = testApp();
  const cluster = new Cluster(app, 'production');
  new FluxSystem(cluster, 'flux-system', { url: 'ssh://git@example.com/shop' });
  const shop = new NamespaceDirectory(cluster, 'shop');
  new FluxKustomization(shop, 'shop', { applies: shop });
  const backups = byPlugin ? new ObjectStore(shop, 'store', { destination }) : destination;
  const pg = new PostgresCluster(shop, 'pg', { instances: 3, imageName: 'ghcr.io/cloudnative-pg/postgresql:17.5', storage: { size: '10Gi' }, backups, ...props });
  const restore = new Directory(shop, 'restore', { hasKustomization: false });
  new RestoredCluster(restore, 'from-object-store', { cluster: pg, from: 'object-store' });
  new RestoredCluster(restore, 'from-live-cluster', { cluster: pg, from: 'live-cluster' });
  if (!byPlugin) new RestoredCluster(restore, 'from-backup', { cluster: pg, from: { name: 'nightly' } });
  new InPlaceRecovery(restore, 'in-place', { cluster: pg });
  return Object.fromEntries([...app.toTree()].map((file) => [file.path, file.bytes.toString()]));
}
