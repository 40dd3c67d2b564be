import { azure, Directory, gcs, initdb, ObjectStore, PostgresCluster, recoverFrom, s3 } from 'fluxwright';
import { testApp } from 'fluxwright/testing';
import { database, fileAt, messageOf, objectAt } from './database';

test('writes nothing that is not said', () => {
  const app = testApp();
  const server = new Directory(app, 'server');

  new PostgresCluster(server, 'pg', { storage: { size: '10Gi' } });

  expect(fileAt(app, 'k8s/server/pg.yaml')).toMatchInlineSnapshot(`
"apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: pg
spec:
  storage:
    size: 10Gi
"
`);
});

test('writes every prop in the words of CNPG, and the escape hatch over them', () => {
  const app = testApp();
  const server = new Directory(app, 'server');

  new PostgresCluster(server, 'pg', {
    name: 'shop-db',
    namespace: 'shop',
    labels: { app: 'shop' },
    annotations: { 'kustomize.toolkit.fluxcd.io/prune': 'disabled' },
    instances: 3,
    imageName: 'ghcr.io/cloudnative-pg/postgresql:17.5-bookworm@sha256:0000000000000000000000000000000000000000000000000000000000000000',
    storage: { size: '10Gi', storageClass: 'fast', resizeInUseVolumes: true },
    walStorage: { size: '2Gi' },
    resources: { requests: { cpu: '500m', memory: '1Gi' }, limits: { memory: '1Gi' } },
    parameters: { shared_buffers: '256MB', log_temp_files: '1024' },
    pg_hba: ['host all all 10.0.0.0/8 scram-sha-256'],
    shared_preload_libraries: ['timescaledb'],
    enablePDB: true,
    inheritedMetadata: { labels: { team: 'data' }, annotations: { 'sidecar.istio.io/inject': 'false' } },
    serviceAccountTemplate: { metadata: { annotations: { 'iam.gke.io/gcp-service-account': 'backup@shop.iam.gserviceaccount.com' } } },
    monitoring: { enablePodMonitor: true },
    affinity: { topologyKey: 'topology.kubernetes.io/zone' },
    startDelay: 900,
    stopDelay: 900,
    smartShutdownTimeout: 60,
    switchoverDelay: 600,
    failoverDelay: 5,
    primaryUpdateStrategy: 'supervised',
    primaryUpdateMethod: 'switchover',
    enableSuperuserAccess: true,
    superuserSecret: { name: 'superuser' },
    certificates: { serverCASecret: 'ca', serverTLSSecret: 'tls' },
    bootstrap: initdb({ database: 'shop', owner: 'shop', postInitApplicationSQL: ['CREATE EXTENSION pgaudit'] }),
    externalClusters: [{ name: 'legacy', connectionParameters: { host: 'legacy.example.com' } }],
    backups: gcs('gs://shop-backups/pg', { retentionPolicy: '30d' }),
    serverName: 'shop-db-2',
    volumeSnapshot: { className: 'fast-snapshots' },
    plugins: [{ name: 'audit.example.com' }],
    spec: { logLevel: 'debug', enablePDB: null, storage: { storageClass: 'faster' } },
  });

  expect(fileAt(app, 'k8s/server/pg.yaml')).toMatchInlineSnapshot(`
"apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: shop-db
  namespace: shop
  annotations:
    kustomize.toolkit.fluxcd.io/prune: disabled
  labels:
    app: shop
spec:
  instances: 3
  imageName: ghcr.io/cloudnative-pg/postgresql:17.5-bookworm@sha256:0000000000000000000000000000000000000000000000000000000000000000
  enablePDB: null
  primaryUpdateStrategy: supervised
  primaryUpdateMethod: switchover
  startDelay: 900
  stopDelay: 900
  smartShutdownTimeout: 60
  switchoverDelay: 600
  failoverDelay: 5
  enableSuperuserAccess: true
  superuserSecret:
    name: superuser
  certificates:
    serverCASecret: ca
    serverTLSSecret: tls
  inheritedMetadata:
    labels:
      team: data
    annotations:
      sidecar.istio.io/inject: "false"
  serviceAccountTemplate:
    metadata:
      annotations:
        iam.gke.io/gcp-service-account: backup@shop.iam.gserviceaccount.com
  bootstrap:
    initdb:
      database: shop
      owner: shop
      postInitApplicationSQL:
        - CREATE EXTENSION pgaudit
  externalClusters:
    - name: legacy
      connectionParameters:
        host: legacy.example.com
  postgresql:
    parameters:
      shared_buffers: 256MB
      log_temp_files: "1024"
    pg_hba:
      - host all all 10.0.0.0/8 scram-sha-256
    shared_preload_libraries:
      - timescaledb
  storage:
    size: 10Gi
    storageClass: faster
    resizeInUseVolumes: true
  walStorage:
    size: 2Gi
  resources:
    requests:
      cpu: 500m
      memory: 1Gi
    limits:
      memory: 1Gi
  affinity:
    topologyKey: topology.kubernetes.io/zone
  monitoring:
    enablePodMonitor: true
  backup:
    barmanObjectStore:
      destinationPath: gs://shop-backups/pg
      googleCredentials:
        gkeEnvironment: true
      serverName: shop-db-2
    retentionPolicy: 30d
    volumeSnapshot:
      className: fast-snapshots
  plugins:
    - name: audit.example.com
  logLevel: debug
"
`);
});

test('archives through the barman-cloud plugin where the destination is an ObjectStore', () => {
  const app = testApp();
  const server = new Directory(app, 'server', { namespace: 'server' });
  const store = new ObjectStore(server, 'backups', {
    destination: s3('s3://shop-backups', { endpointURL: 'https://minio.example.com', wal: { compression: 'gzip' }, retentionPolicy: '8w' }),
    instanceSidecarConfiguration: { resources: { limits: { memory: '128Mi' } } },
  });

  new PostgresCluster(server, 'pg', { storage: { size: '10Gi' }, backups: store, serverName: 'pg-2' });

  expect(fileAt(app, 'k8s/server/backups.yaml')).toMatchInlineSnapshot(`
"apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata:
  name: backups
spec:
  configuration:
    destinationPath: s3://shop-backups
    endpointURL: https://minio.example.com
    s3Credentials:
      inheritFromIAMRole: true
    wal:
      compression: gzip
  retentionPolicy: 8w
  instanceSidecarConfiguration:
    resources:
      limits:
        memory: 128Mi
"
`);
  expect(fileAt(app, 'k8s/server/pg.yaml')).toMatchInlineSnapshot(`
"apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: pg
spec:
  storage:
    size: 10Gi
  plugins:
    - name: barman-cloud.cloudnative-pg.io
      isWALArchiver: true
      parameters:
        barmanObjectName: backups
        serverName: pg-2
"
`);
});

test.each([
  ['Google, by workload identity', gcs('gs://b'), { destinationPath: 'gs://b', googleCredentials: { gkeEnvironment: true } }],
  ['Google, by a key file', gcs('gs://b/pg', { applicationCredentials: { name: 'gcs', key: 'json' } }), { destinationPath: 'gs://b/pg', googleCredentials: { applicationCredentials: { name: 'gcs', key: 'json' } } }],
  ['Amazon, by the IAM role', s3('s3://b'), { destinationPath: 's3://b', s3Credentials: { inheritFromIAMRole: true } }],
  ['Amazon, by keys', s3('s3://b', { accessKeyId: { name: 's3', key: 'id' }, secretAccessKey: { name: 's3', key: 'secret' }, region: { name: 's3', key: 'region' }, endpointCA: { name: 'ca', key: 'ca.crt' } }), {
    destinationPath: 's3://b', endpointCA: { name: 'ca', key: 'ca.crt' },
    s3Credentials: { accessKeyId: { name: 's3', key: 'id' }, secretAccessKey: { name: 's3', key: 'secret' }, region: { name: 's3', key: 'region' } },
  }],
  ['Azure, by its directory', azure('https://shop.blob.core.windows.net/b'), { destinationPath: 'https://shop.blob.core.windows.net/b', azureCredentials: { inheritFromAzureAD: true } }],
  ['Azure, by its directory, with the account', azure('https://shop.blob.core.windows.net/b', { storageAccount: { name: 'az', key: 'account' } }), {
    destinationPath: 'https://shop.blob.core.windows.net/b', azureCredentials: { inheritFromAzureAD: true, storageAccount: { name: 'az', key: 'account' } },
  }],
  ['Azure, by a key', azure('https://shop.blob.core.windows.net/b', { storageAccount: { name: 'az', key: 'account' }, storageKey: { name: 'az', key: 'key' } }), {
    destinationPath: 'https://shop.blob.core.windows.net/b', azureCredentials: { storageAccount: { name: 'az', key: 'account' }, storageKey: { name: 'az', key: 'key' } },
  }],
])('names the same place and credentials for CNPG and for the plugin: %s', (_, destination, configuration) => {
  const app = testApp();
  const server = new Directory(app, 'server');

  new PostgresCluster(server, 'pg', { storage: { size: '10Gi' }, backups: destination });
  new ObjectStore(server, 'store', { destination });

  expect(objectAt(app, 'k8s/server/pg.yaml')['spec'].backup).toEqual({ barmanObjectStore: configuration });
  expect(objectAt(app, 'k8s/server/store.yaml')['spec']).toEqual({ configuration });
});

test('takes a declared variable as a valid part of names, tags and addresses', () => {
  const app = testApp();
  const server = new Directory(app, 'server', { variables: ['BRANCH', 'BUCKET', 'KEEP', 'VERSION'] });

  new PostgresCluster(server, 'pg', { name: '${BRANCH}-db', storage: { size: '10Gi' }, imageName: 'postgres:${VERSION}', backups: gcs('gs://${BUCKET}/pg', { retentionPolicy: '${KEEP}' }) });

  expect(objectAt(app, 'k8s/server/pg.yaml')['spec'].backup.retentionPolicy).toBe('${KEEP}');
});

test('reports all that CNPG would refuse at once, with the value and what to write', () => {
  const declare = () => database({
    name: '2-fast',
    instances: 0,
    imageName: 'ghcr.io/cloudnative-pg/postgresql:latest',
    storage: { size: '10 GB' },
    resources: { requests: { memory: '1GiB' } },
    startDelay: 0.5,
    parameters: { archive_mode: 'off', shared_preload_libraries: 'pgaudit', log_temp_files: 1024 as unknown as string },
    inheritedMetadata: { labels: { team: 'data team' } },
    bootstrap: { bootstrap: { recovery: { source: 'nowhere', database: 'shop' } } },
    backups: gcs('s3://shop-backups', { retentionPolicy: '30 days' }),
    serverName: 'a/b',
  });

  expect(messageOf(declare)).toMatchInlineSnapshot(`
"PostgresCluster "server/pg" has metadata.name "2-fast"
  fix: use at most 50 lower-case letters, digits and "-", starting with a letter: CNPG makes names of Services from it
PostgresCluster "server/pg" backs up to gcs("s3://shop-backups")
  fix: write gcs('gs://bucket/folder'), or use s3(…) or azure(…) for another provider
PostgresCluster "server/pg" has retentionPolicy "30 days"
  fix: write days, weeks or months, such as "30d", "8w" or "6m"
PostgresCluster "server/pg" has serverName "a/b"
  fix: write the name of one folder in the destination
PostgresCluster "server/pg" has instances 0
  fix: write a whole number, 1 or more
PostgresCluster "server/pg" has storage.size "10 GB"
  fix: write a number with a unit, such as "500m", "512Mi" or "10Gi"
PostgresCluster "server/pg" has inheritedMetadata.labels.team "data team"
  fix: use at most 63 letters, digits, "-", "_" and ".", starting and ending with a letter or digit
PostgresCluster "server/pg" has resources.requests.memory "1GiB"
  fix: write a number with a unit, such as "500m", "512Mi" or "10Gi"
PostgresCluster "server/pg" has startDelay 0.5
  fix: write a whole number of seconds, such as 900
PostgresCluster "server/pg" has imageName "ghcr.io/cloudnative-pg/postgresql:latest", whose tag does not begin with the version of Postgres
  fix: name the version, such as ghcr.io/cloudnative-pg/postgresql:17.5; CNPG finds upgrades by the tag
PostgresCluster "server/pg" has the parameter archive_mode, which CNPG sets itself
  fix: leave it out
PostgresCluster "server/pg" has the parameter shared_preload_libraries, which CNPG sets itself
  fix: use the prop shared_preload_libraries
PostgresCluster "server/pg" has the parameter log_temp_files 1024, which is no string
  fix: put it in quotes: '1024'
PostgresCluster "server/pg" bootstraps from "nowhere", which is none of its externalClusters
  fix: use recoverFrom(…), or name it in externalClusters
PostgresCluster "server/pg" bootstraps with a database and no owner
  fix: give both database and owner"
`);
});

test('refuses an image that only a digest pins, since CNPG finds upgrades by the tag', () => {
  const declare = () => database({ imageName: 'ghcr.io/cloudnative-pg/postgresql@sha256:0000' });

  expect(messageOf(declare)).toMatchInlineSnapshot(`
"PostgresCluster "server/pg" has imageName "ghcr.io/cloudnative-pg/postgresql@sha256:0000", without a tag
  fix: name the version, such as ghcr.io/cloudnative-pg/postgresql:17.5; CNPG finds upgrades by the tag"
`);
});

test('refuses an address that no provider has, and credentials that do not fit together', () => {
  const half = () => database({ backups: s3('gs://shop-backups', { accessKeyId: { name: 's3', key: 'id' } }) });
  const many = () => database({ backups: azure('shop-backups', { connectionString: { name: 'az', key: 'a' }, storageKey: { name: 'az', key: 'b' } }) });

  expect(messageOf(half)).toMatchInlineSnapshot(`
"PostgresCluster "server/pg" backs up to s3("gs://shop-backups")
  fix: write s3('s3://bucket/folder'), or use gcs(…) or azure(…) for another provider
PostgresCluster "server/pg" has half of an S3 key, accessKeyId
  fix: give both accessKeyId and secretAccessKey, or neither for the IAM role"
`);
  expect(messageOf(many)).toMatchInlineSnapshot(`
"PostgresCluster "server/pg" backs up to azure("shop-backups")
  fix: write azure('https://account.blob.core.windows.net/container/folder'), or use gcs(…) or s3(…) for another provider
PostgresCluster "server/pg" has Azure credentials that do not fit together: connectionString, storageKey
  fix: give connectionString alone, or storageAccount with either storageKey or storageSasToken, or none of them for Azure AD"
`);
});

test('refuses a cluster without a volume, unless an overlay gives it one', () => {
  const { app } = database({ storage: undefined });

  expect(messageOf(() => app.toTree())).toMatchInlineSnapshot(`
"PostgresCluster "server/pg" has no storage size
  fix: write storage: { size: '10Gi' }, or make it the base of an overlay that does"
`);
});

test('refuses two clusters that archive to one place, also where only a slash differs', () => {
  const { app, server } = database();
  const other = new Directory(app, 'other', { namespace: 'other' });
  new PostgresCluster(other, 'pg', { storage: { size: '1Gi' }, backups: gcs('gs://shop-backups/') });
  new PostgresCluster(server, 'pg3', { name: 'pg3', storage: { size: '1Gi' }, backups: gcs('gs://shop-backups') });

  expect(messageOf(() => app.toTree())).toMatchInlineSnapshot(`
"PostgresClusters "server/pg" and "other/pg" archive to the same place, gs://shop-backups/pg
  fix: give each a serverName or a destination of its own"
`);
});

test('refuses to archive where it recovers from, also if both are written by hand', () => {
  const { server, cluster } = database();
  const byProps = () => new PostgresCluster(server, 'copy', { name: 'copy', storage: { size: '10Gi' }, bootstrap: recoverFrom(cluster), backups: gcs('gs://shop-backups/'), serverName: 'pg' });
  const byHand = () => new PostgresCluster(server, 'hand', {
    storage: { size: '10Gi' },
    spec: {
      bootstrap: { recovery: { source: 'old' } },
      externalClusters: [{ name: 'old', plugin: { name: 'barman-cloud.cloudnative-pg.io', parameters: { barmanObjectName: 'store', serverName: 'hand' } } }],
      plugins: [{ name: 'barman-cloud.cloudnative-pg.io', isWALArchiver: true, parameters: { barmanObjectName: 'store' } }],
    },
  });

  expect(messageOf(byProps)).toMatchInlineSnapshot(`
"PostgresCluster "server/copy" recovers from gs://shop-backups/pg and archives to the same place
  fix: archive under another serverName, or leave out backups"
`);
  expect(messageOf(byHand)).toMatchInlineSnapshot(`
"PostgresCluster "server/hand" recovers from ObjectStore store/hand and archives to the same place
  fix: archive under another serverName, or leave out backups"
`);
});

test('refuses recovery targets that name no moment, or several', () => {
  const { server, cluster } = database();
  const wrong = [
    { targetTime: '2026-03-01 09:30:00' },
    { targetTime: '2026-02-29T09:30:00Z' },
    { targetTime: '2026-03-01T09:30:00Z', targetLSN: '0/16B3748' },
    { targetXID: '742' },
    { targetLSN: '16B3748' },
    { targetTime: '2026-03-01T09:30:00Z', targetTLI: '0' },
  ];

  const messages = wrong.map((recoveryTarget, index) =>
    messageOf(() => new PostgresCluster(server, `copy${index}`, { storage: { size: '10Gi' }, bootstrap: recoverFrom(cluster, { recoveryTarget }) })));

  expect(messages.join('\n')).toMatchInlineSnapshot(`
"PostgresCluster "server/copy0" recovers to targetTime "2026-03-01 09:30:00"
  fix: write a date and time with its offset, such as "2026-03-01T09:30:00Z" or "2026-03-01T09:30:00-05:00"
PostgresCluster "server/copy1" recovers to targetTime "2026-02-29T09:30:00Z"
  fix: write a date and time with its offset, such as "2026-03-01T09:30:00Z" or "2026-03-01T09:30:00-05:00"
PostgresCluster "server/copy2" recovers to targetTime and targetLSN
  fix: choose one of them
PostgresCluster "server/copy3" recovers to targetXID without a backupID
  fix: add the backupID of the base backup to start from
PostgresCluster "server/copy4" recovers to targetLSN "16B3748"
  fix: write two hexadecimal numbers, such as "0/16B3748"
PostgresCluster "server/copy5" recovers along targetTLI "0"
  fix: write "latest" or the number of a timeline"
`);
});

test.each([
  [{ targetTime: '2026-03-01T09:30:00.5-05:00' }],
  [{ targetTime: '2028-02-29T00:00:00Z', exclusive: true, backupID: '20280228T000000' }],
  [{ targetLSN: '0/16B3748', targetTLI: 'latest' }],
  [{ targetImmediate: true, backupID: '20280228T000000' }],
])('recovers to the target %j', (recoveryTarget) => {
  const { app, server, cluster } = database();

  new PostgresCluster(server, 'copy', { storage: { size: '10Gi' }, bootstrap: recoverFrom(cluster, { recoveryTarget }) });

  expect(objectAt(app, 'k8s/server/copy.yaml')['spec'].bootstrap.recovery.recoveryTarget).toEqual(recoveryTarget);
});

test('recovers from the archive that was written before an in-place recovery', () => {
  const { app, server, cluster } = database({ serverName: 'pg-2' });

  new PostgresCluster(server, 'before', { storage: { size: '10Gi' }, bootstrap: recoverFrom(cluster, { serverName: 'pg' }) });

  expect(objectAt(app, 'k8s/server/before.yaml')['spec'].externalClusters[0].barmanObjectStore.serverName).toBe('pg');
});

test('refuses to recover from a cluster without backups', () => {
  const { cluster } = database({ backups: undefined });

  expect(messageOf(() => recoverFrom(cluster))).toMatchInlineSnapshot(`
"PostgresCluster "server/pg" is to be recovered from its backups, and has none
  fix: give it backups: gcs(…), s3(…), azure(…) or an ObjectStore"
`);
});
