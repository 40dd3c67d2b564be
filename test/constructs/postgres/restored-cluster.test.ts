import { Backup, gcs, ImagePolicy, ImageRepository, initdb, ObjectStore, PostgresCluster, recoverFrom, RestoredCluster, type RestoredClusterProps } from 'fluxwright';
import { database, fileAt, messageOf, objectAt } from './database';

const everything = {
  imageName: 'ghcr.io/cloudnative-pg/postgresql:17.5',
  parameters: { shared_buffers: '256MB' },
  pg_hba: ['host all all all md5'],
  storage: { size: '10Gi', storageClass: 'fast' },
  serviceAccountTemplate: { metadata: { annotations: { 'iam.gke.io/gcp-service-account': 'backup@shop.iam.gserviceaccount.com' } } },
  labels: { app: 'shop' },
};

test('copies the live cluster from its object store, and archives nowhere', () => {
  const { app, server, cluster } = database(everything);

  new RestoredCluster(server, 'from-object-store', { cluster, from: 'object-store' });

  expect(fileAt(app, 'k8s/server/from-object-store.yaml')).toMatchInlineSnapshot(`
"# Not synced by Flux: nothing lists this file. Apply it by hand when it is needed.
# Makes the cluster server/pg-restore, a copy of server/pg, which goes on as it is.
# First see that there is a backup (kubectl -n server get backups.postgresql.cnpg.io), and that the cloud
# lets the ServiceAccount [server/pg-restore] read it: a binding for workload identity names each ServiceAccount.
#   kubectl create -f k8s/server/from-object-store.yaml
#   kubectl -n server wait --for=condition=Ready cluster.postgresql.cnpg.io/pg-restore --timeout=2h
# Then look at the data. The copy archives nowhere: it has no backups of its own.
# When it is no longer needed, this deletes it with its volumes: kubectl delete -f k8s/server/from-object-store.yaml
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: pg-restore
  namespace: server
  labels:
    app: shop
spec:
  bootstrap:
    recovery:
      database: shop
      owner: shop
      source: pg
  externalClusters:
    - name: pg
      barmanObjectStore:
        destinationPath: gs://shop-backups
        googleCredentials:
          gkeEnvironment: true
        serverName: pg
  instances: 3
  imageName: ghcr.io/cloudnative-pg/postgresql:17.5
  serviceAccountTemplate:
    metadata:
      annotations:
        iam.gke.io/gcp-service-account: backup@shop.iam.gserviceaccount.com
  postgresql:
    parameters:
      shared_buffers: 256MB
    pg_hba:
      - host all all all md5
  storage:
    size: 10Gi
    storageClass: fast
"
`);
  expect(fileAt(app, 'k8s/server/kustomization.yaml')).not.toContain('from-object-store');
});

test('copies the live cluster from a Backup object', () => {
  const { app, server, cluster } = database();
  const backup = new Backup(server, 'on-demand', { cluster });

  new RestoredCluster(server, 'from-backup', { cluster, from: backup, recoveryTarget: { targetTime: '2026-03-01T09:30:00Z' } });
  new RestoredCluster(server, 'from-a-nightly', { cluster, from: { name: 'nightly-20260301020000' } });

  expect(objectAt(app, 'k8s/server/from-backup.yaml')['spec']).toEqual({
    bootstrap: { recovery: { database: 'shop', owner: 'shop', backup: { name: 'on-demand' }, recoveryTarget: { targetTime: '2026-03-01T09:30:00Z' } } },
    instances: 3,
    storage: { size: '10Gi' },
  });
  expect(objectAt(app, 'k8s/server/from-a-nightly.yaml')['spec'].bootstrap.recovery.backup).toEqual({ name: 'nightly-20260301020000' });
});

test('follows the live cluster by pg_basebackup until it is promoted', () => {
  const { app, server, cluster } = database();

  new RestoredCluster(server, 'from-live', { cluster, from: 'live-cluster' });

  expect(fileAt(app, 'k8s/server/from-live.yaml')).toMatchInlineSnapshot(`
"# Not synced by Flux: nothing lists this file. Apply it by hand when it is needed.
# Makes the cluster server/pg-restore, a copy of server/pg, which goes on as it is.
#   kubectl create -f k8s/server/from-live.yaml
#   kubectl -n server wait --for=condition=Ready cluster.postgresql.cnpg.io/pg-restore --timeout=2h
# It follows the live cluster, read-only, until it is promoted:
#   kubectl -n server patch cluster.postgresql.cnpg.io/pg-restore --type=merge -p '{"spec":{"replica":{"enabled":false}}}'
# Then look at the data. The copy archives nowhere: it has no backups of its own.
# When it is no longer needed, this deletes it with its volumes: kubectl delete -f k8s/server/from-live.yaml
apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: pg-restore
  namespace: server
spec:
  bootstrap:
    pg_basebackup:
      source: pg
  externalClusters:
    - name: pg
      connectionParameters:
        host: pg-rw.server.svc
        user: streaming_replica
        dbname: postgres
        sslmode: verify-full
      sslKey:
        name: pg-replication
        key: tls.key
      sslCert:
        name: pg-replication
        key: tls.crt
      sslRootCert:
        name: pg-ca
        key: ca.crt
  replica:
    enabled: true
    source: pg
  instances: 3
  storage:
    size: 10Gi
"
`);
});

test('follows with the live cluster\'s own certificates, which are not made out to the copy', () => {
  const { app, server, cluster } = database({ certificates: { replicationTLSSecret: 'replication', serverCASecret: 'authority', serverTLSSecret: 'tls' } });

  new RestoredCluster(server, 'from-live', { cluster, from: 'live-cluster' });

  const { externalClusters, certificates } = objectAt(app, 'k8s/server/from-live.yaml')['spec'];
  expect(externalClusters[0].sslCert).toEqual({ name: 'replication', key: 'tls.crt' });
  expect(externalClusters[0].sslRootCert).toEqual({ name: 'authority', key: 'ca.crt' });
  expect(certificates).toBeUndefined();
});

test('reads through the plugin where the live cluster archives through it, and leaves other plugins and servers', () => {
  const { app, server } = database();
  const store = new ObjectStore(server, 'store', { destination: gcs('gs://other-backups') });
  const cluster = new PostgresCluster(server, 'other', {
    storage: { size: '10Gi' }, backups: store, plugins: [{ name: 'audit.example.com' }], externalClusters: [{ name: 'legacy', connectionParameters: { host: 'legacy' } }],
  });

  new RestoredCluster(server, 'copy', { cluster, from: 'object-store', archivesAs: 'drill' });

  expect(objectAt(app, 'k8s/server/copy.yaml')['spec']).toEqual({
    bootstrap: { recovery: { source: 'other' } },
    externalClusters: [
      { name: 'other', plugin: { name: 'barman-cloud.cloudnative-pg.io', parameters: { barmanObjectName: 'store', serverName: 'other' } } },
      { name: 'legacy', connectionParameters: { host: 'legacy' } },
    ],
    storage: { size: '10Gi' },
    plugins: [
      { name: 'barman-cloud.cloudnative-pg.io', isWALArchiver: true, parameters: { barmanObjectName: 'store', serverName: 'drill' } },
      { name: 'audit.example.com' },
    ],
  });
});

test('is what the live cluster is in every field that it does not set, the escape hatch included', () => {
  const { app, server, cluster } = database({ ...everything, spec: { logLevel: 'debug', managed: { roles: [{ name: 'reader' }] } } });

  new RestoredCluster(server, 'copy', { cluster, from: 'object-store', name: 'drill', instances: 1, storage: { size: '20Gi' }, archivesAs: 'drill', spec: { logLevel: null } });

  const { metadata, spec } = objectAt(app, 'k8s/server/copy.yaml');
  const { bootstrap, externalClusters, ...rest } = spec;
  void [bootstrap, externalClusters];
  expect(metadata).toEqual({ name: 'drill', namespace: 'server', labels: { app: 'shop' } });
  expect(rest).toEqual({
    ...objectAt(app, 'k8s/server/pg.yaml')['spec'],
    bootstrap: undefined,
    logLevel: null,
    instances: 1,
    storage: { size: '20Gi', storageClass: 'fast' },
    backup: { barmanObjectStore: { destinationPath: 'gs://shop-backups', googleCredentials: { gkeEnvironment: true }, serverName: 'drill' }, retentionPolicy: '30d' },
  });
});

test('leaves out where the live cluster itself was recovered from', () => {
  const { app, server, cluster: old } = database();
  const cluster = new PostgresCluster(server, 'new', { storage: { size: '10Gi' }, bootstrap: recoverFrom(old), backups: gcs('gs://new-backups') });

  new RestoredCluster(server, 'copy', { cluster, from: 'object-store' });

  const { bootstrap, externalClusters } = objectAt(app, 'k8s/server/copy.yaml')['spec'];
  expect(bootstrap).toEqual({ recovery: { database: 'shop', owner: 'shop', source: 'new' } });
  expect(externalClusters.map(({ name }: { name: string }) => name)).toEqual(['new']);
});

test('has the image that Flux gave the live cluster: a pin is a pin of the copy, too', () => {
  const { app, server } = database();
  const repository = new ImageRepository(server, 'postgres', { image: 'ghcr.io/cloudnative-pg/postgresql' });
  const policy = new ImagePolicy(server, 'postgres-policy', { repository, semver: '17.x' });
  const cluster = new PostgresCluster(server, 'pinned', { imageName: policy.pin('ghcr.io/cloudnative-pg/postgresql:17.5'), storage: { size: '1Gi' }, backups: gcs('gs://pinned') });

  new RestoredCluster(server, 'copy', { cluster, from: 'object-store' });

  const pin = 'imageName: ghcr.io/cloudnative-pg/postgresql:17.5 # {"$imagepolicy": "flux-system:postgres-policy"}';
  expect(fileAt(app, 'k8s/server/pinned.yaml')).toContain(pin);
  expect(fileAt(app, 'k8s/server/copy.yaml')).toContain(pin);
});

test('runs as a ServiceAccount of its own', () => {
  const { server, cluster } = database();

  const copy = new RestoredCluster(server, 'copy', { cluster, from: 'object-store' });

  expect(copy.serviceAccountName).toBe('pg-restore');
});

test('refuses the live cluster\'s own name, which would change production', () => {
  expect(restoring({ name: 'pg' })).toMatchInlineSnapshot(`
"RestoredCluster "server/copy" has the live cluster's own name, server/pg, and would change it when applied
  fix: give it another name, or use InPlaceRecovery"
`);
});

test('refuses to archive where it recovers from', () => {
  expect(restoring({ archivesAs: 'pg' })).toMatchInlineSnapshot(`
"RestoredCluster "server/copy" recovers from gs://shop-backups/pg and archives to the same place
  fix: write another name: archivesAs: …, or leave it out"
`);
  expect(restoring({ from: 'live-cluster', archivesAs: 'pg' })).toContain('recovers from gs://shop-backups/pg and archives to the same place');
  expect(restoring({ spec: { backup: { barmanObjectStore: { destinationPath: 'gs://shop-backups/', serverName: 'pg', googleCredentials: { gkeEnvironment: true } } } } })).toContain('recovers from gs://shop-backups/pg and archives to the same place');
});

test('refuses to archive where another cluster of the app does', () => {
  const { app, server, cluster } = database();
  new PostgresCluster(server, 'pg3', { storage: { size: '1Gi' }, backups: gcs('gs://shop-backups') });
  new RestoredCluster(server, 'copy', { cluster, from: 'object-store', archivesAs: 'pg3' });

  expect(messageOf(() => app.toTree())).toMatchInlineSnapshot(`
"RestoredCluster "server/copy" archives to gs://shop-backups/pg3, and so does PostgresCluster "server/pg3"
  fix: write another name: archivesAs: …"
`);
});

test('refuses less storage than the live cluster has', () => {
  expect(restoring({ storage: { size: '9.9Gi' } })).toMatchInlineSnapshot(`
"RestoredCluster "server/copy" has storage.size "9.9Gi", less than the "10Gi" of the cluster that it recovers
  fix: leave it out, or write "10Gi" or more"
`);
  expect(restoring({ storage: { size: '10G' } })).toContain('has storage.size "10G", less than the "10Gi"');
  expect(restoring({ spec: { storage: { size: '5000000Ki' } } })).toContain('has storage.size "5000000Ki"');
  expect(restoring({ storage: { size: '10240Mi' } })).toBe('nothing');
  expect(restoring({ storage: { size: '11e9' } })).toBe('nothing');
});

test('refuses sources that there are not, or not there', () => {
  const { server, cluster } = database();
  const other = new PostgresCluster(server, 'other', { storage: { size: '10Gi' }, backups: gcs('gs://other-backups') });
  const backupOfOther = new Backup(server, 'on-demand', { cluster: other });
  const plugged = new PostgresCluster(server, 'plugged', { storage: { size: '10Gi' }, backups: new ObjectStore(server, 'store', { destination: gcs('gs://plugged') }) });
  const unsaved = new PostgresCluster(server, 'unsaved', { storage: { size: '10Gi' } });

  expect([
messageOf(() => new RestoredCluster(server, 'a', { cluster, from: backupOfOther })),
messageOf(() => new RestoredCluster(server, 'b', { cluster: plugged, from: { name: 'nightly-1' } })),
messageOf(() => new RestoredCluster(server, 'c', { cluster: unsaved, from: 'object-store' })),
messageOf(() => new RestoredCluster(server, 'd', { cluster: unsaved, from: 'live-cluster', archivesAs: 'copy' })),
messageOf(() => new RestoredCluster(server, 'e', { cluster, from: 'live-cluster', namespace: 'drills', recoveryTarget: { targetTime: '2026-03-01T09:30:00Z' } }))].
join('\n')).toMatchInlineSnapshot(`
"RestoredCluster "server/a" recovers from the Backup object on-demand, which is of another cluster
  fix: name a backup of this cluster
RestoredCluster "server/b" recovers from the Backup object nightly-1, which CNPG cannot do where the barman-cloud plugin took it
  fix: recover from: 'object-store', with the backup's status.backupId as recoveryTarget.backupID
PostgresCluster "server/unsaved" is to be recovered from its backups, and has none
  fix: give it backups: gcs(…), s3(…), azure(…) or an ObjectStore
RestoredCluster "server/d" archives as "copy", and the live cluster has no backups to archive beside
  fix: leave out archivesAs
RestoredCluster "server/e" is in namespace "drills", and what it recovers from is in "server"
  fix: leave out namespace, or recover from: 'object-store'
RestoredCluster "server/e" has a recoveryTarget and copies the live cluster as it is now
  fix: recover from: 'object-store'"
`);
});

function restoring(props: Partial<RestoredClusterProps>): string {
  const { server, cluster } = database();
  return messageOf(() => new RestoredCluster(server, 'copy', { cluster, from: 'object-store', ...props }));
}

test('keeps the Secret that applications log in with, and leaves the live cluster its own Services', () => {
  const { app, server, cluster } = database({
    bootstrap: initdb({ database: 'shop', owner: 'shop', secret: { name: 'login' } }),
    spec: { managed: { services: { disabledDefaultServices: ['ro'], additional: [{ selectorType: 'rw', serviceTemplate: { metadata: { name: 'shop-database' } } }] } } },
  });

  new RestoredCluster(server, 'copy', { cluster, from: 'object-store' });
  new RestoredCluster(server, 'elsewhere', { cluster, from: 'object-store', namespace: 'test' });

  const recovery = { database: 'shop', owner: 'shop', source: 'pg' };
  expect(objectAt(app, 'k8s/server/copy.yaml')['spec']).toMatchObject({ bootstrap: { recovery: { ...recovery, secret: { name: 'login' } } }, managed: { services: { disabledDefaultServices: ['ro'] } } });
  expect(objectAt(app, 'k8s/server/copy.yaml')['spec'].managed.services.additional).toBeUndefined();
  expect(objectAt(app, 'k8s/server/elsewhere.yaml')['spec'].bootstrap).toEqual({ recovery });
});
