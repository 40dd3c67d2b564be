import { Directory, FluxKustomization, gcs, GitRepository, InPlaceRecovery, ObjectStore, PostgresCluster, type InPlaceRecoveryProps } from 'fluxwright';
import { database, fileAt, messageOf, objectAt } from './database';

test('says what it does to production and the steps before, with the Kustomizations that apply the cluster', () => {
  const { app, server, cluster } = database({ imageName: 'ghcr.io/cloudnative-pg/postgresql:17.5' });
  const restore = new Directory(server, 'restore');
  const source = new GitRepository(server, 'source', { url: 'https://example.com/shop', branch: 'main' });
  new FluxKustomization(server, 'server-postgres', { applies: server, source });

  new InPlaceRecovery(restore, 'in-place', { cluster, recoveryTarget: { targetTime: '2026-03-01T09:30:00Z' } });

  expect(fileAt(app, 'k8s/server/restore/in-place.yaml')).toMatchInlineSnapshot(`
"# Not synced by Flux: nothing lists this file. Apply it by hand when it is needed.
# DANGER: this replaces the live cluster server/pg by its backup in gs://shop-backups/pg.
# The steps delete its volumes: what is not in that archive is lost. To look into a backup, restore a copy instead.
#   1. See that there is a backup to recover from. If the cluster still runs, stop what writes to it, and wait five
#      minutes, in which the last of its write-ahead log is archived; ContinuousArchiving has to be True:
#      kubectl -n server get backups.postgresql.cnpg.io
#      kubectl -n server get cluster.postgresql.cnpg.io/pg -o jsonpath='{.status.conditions}'
#   2. Keep Flux from making the cluster anew, empty:
#      flux suspend kustomization server-postgres -n flux-system
#   3. Delete the cluster, and with it its volumes:
#      kubectl -n server delete cluster.postgresql.cnpg.io/pg
#   4. Recover. It is create, not apply: that refuses while the live cluster is there, where apply would change it:
#      kubectl create -f k8s/server/restore/in-place.yaml
#      kubectl -n server wait --for=condition=Ready cluster.postgresql.cnpg.io/pg --timeout=2h
#   5. Look at the data. If they are not right, repeat from step 3 with another recoveryTarget and another archivesAs.
#   6. It archives under another name from now on. Have the live cluster say so, and publish that before Flux goes on:
#      serverName: 'pg-2'
#   7. Let Flux go on:
#      flux resume kustomization server-postgres -n flux-system
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: pg
  namespace: server
spec:
  bootstrap:
    recovery:
      database: shop
      owner: shop
      source: pg
      recoveryTarget:
        targetTime: "2026-03-01T09:30:00Z"
  externalClusters:
    - name: pg
      barmanObjectStore:
        destinationPath: gs://shop-backups
        googleCredentials:
          gkeEnvironment: true
        serverName: pg
  instances: 3
  imageName: ghcr.io/cloudnative-pg/postgresql:17.5
  storage:
    size: 10Gi
  backup:
    barmanObjectStore:
      destinationPath: gs://shop-backups
      googleCredentials:
        gkeEnvironment: true
      serverName: pg-2
    retentionPolicy: 30d
"
`);
  expect(fileAt(app, 'k8s/server/restore/kustomization.yaml')).not.toContain('in-place');
});

test('archives under the next name each time, which the live cluster takes over', () => {
  const { app, server } = database();
  const bucket = gcs('gs://other-backups');
  const second = new PostgresCluster(server, 'second', { storage: { size: '1Gi' }, backups: bucket, serverName: 'second-2' });
  const named = new PostgresCluster(server, 'shop-7', { storage: { size: '1Gi' }, backups: bucket });
  const moved = new PostgresCluster(server, 'moved', { storage: { size: '1Gi' }, backups: bucket, serverName: 'from-elsewhere' });

  const names = [second, named, moved].map((cluster) => {
    const recovery = new InPlaceRecovery(server, `recover-${cluster.name}`, { cluster });
    const { externalClusters, backup } = objectAt(app, `k8s/server/${recovery.node.id}.yaml`)['spec'];
    return [externalClusters[0].barmanObjectStore.serverName, backup.barmanObjectStore.serverName];
  });

  expect(names).toEqual([['second-2', 'second-3'], ['shop-7', 'shop-7-2'], ['from-elsewhere', 'moved-2']]);
});

test('recovers and archives through the plugin where the live cluster does, and keeps its certificates', () => {
  const { app, server } = database();
  const store = new ObjectStore(server, 'store', { destination: gcs('gs://other-backups') });
  const cluster = new PostgresCluster(server, 'other', { storage: { size: '1Gi' }, backups: store, certificates: { serverCASecret: 'ca', serverTLSSecret: 'tls' } });

  new InPlaceRecovery(server, 'in-place', { cluster, archivesAs: 'other-after-the-fire' });

  expect(objectAt(app, 'k8s/server/in-place.yaml')['spec']).toEqual({
    bootstrap: { recovery: { source: 'other' } },
    externalClusters: [{ name: 'other', plugin: { name: 'barman-cloud.cloudnative-pg.io', parameters: { barmanObjectName: 'store', serverName: 'other' } } }],
    certificates: { serverCASecret: 'ca', serverTLSSecret: 'tls' },
    storage: { size: '1Gi' },
    plugins: [{ name: 'barman-cloud.cloudnative-pg.io', isWALArchiver: true, parameters: { barmanObjectName: 'store', serverName: 'other-after-the-fire' } }],
  });
});

test('refuses to archive where it recovers from', () => {
  expect(recovering({ archivesAs: 'pg' })).toMatchInlineSnapshot(`
"InPlaceRecovery "server/in-place" recovers from gs://shop-backups/pg and archives to the same place
  fix: write another name: archivesAs: …, or leave it out"
`);
});

test('refuses to archive where another cluster of the app does', () => {
  const { app, server, cluster } = database();
  new PostgresCluster(server, 'pg-2', { storage: { size: '1Gi' }, backups: gcs('gs://shop-backups') });
  new InPlaceRecovery(server, 'in-place', { cluster });

  expect(messageOf(() => app.toTree())).toMatchInlineSnapshot(`
"InPlaceRecovery "server/in-place" archives to gs://shop-backups/pg-2, and so does PostgresCluster "server/pg-2"
  fix: write another name: archivesAs: …"
`);
});

test('refuses a cluster without backups, less storage, and a time that is none', () => {
  const { server, cluster } = database({ backups: undefined });

  expect(messageOf(() => new InPlaceRecovery(server, 'in-place', { cluster }))).toMatchInlineSnapshot(`
"PostgresCluster "server/pg" is to be recovered from its backups, and has none
  fix: give it backups: gcs(…), s3(…), azure(…) or an ObjectStore"
`);
  expect(recovering({ spec: { storage: { size: '1Gi' } }, recoveryTarget: { targetTime: 'yesterday' } })).toMatchInlineSnapshot(`
"InPlaceRecovery "server/in-place" recovers to targetTime "yesterday"
  fix: write a date and time with its offset, such as "2026-03-01T09:30:00Z" or "2026-03-01T09:30:00-05:00"
InPlaceRecovery "server/in-place" has storage.size "1Gi", less than the "10Gi" of the cluster that it recovers
  fix: leave it out, or write "10Gi" or more"
`);
});

function recovering(props: Partial<InPlaceRecoveryProps>): string {
  const { server, cluster } = database();
  return messageOf(() => new InPlaceRecovery(server, 'in-place', { cluster, ...props }));
}
