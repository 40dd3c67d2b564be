import { formatRestore, manifestOf, problemsOf, restoreOf, shop } from './database-of';

const GCS = `instances: 3
imageName: ghcr.io/cloudnative-pg/postgresql:17.5
serviceAccountTemplate:
  metadata:
    annotations:
      iam.gke.io/gcp-service-account: backups@example.iam.gserviceaccount.com
bootstrap:
  initdb:
    database: shop
    owner: shop_owner
    secret:
      name: shop-login
superuserSecret:
  name: shop-admin
certificates:
  serverTLSSecret: pg-server-own
  serverCASecret: pg-ca-own
  replicationTLSSecret: pg-replication-own
  clientCASecret: pg-ca-own
managed:
  services:
    additional:
      - selectorType: rw
        serviceTemplate:
          metadata:
            name: shop-database
postgresql:
  parameters:
    shared_buffers: 256MB
monitoring:
  enablePodMonitor: true
storage:
  size: 10Gi
backup:
  retentionPolicy: 30d
  barmanObjectStore:
    destinationPath: gs://shop-backups/
    googleCredentials:
      gkeEnvironment: true
    data:
      compression: gzip
    wal:
      maxParallel: 4
`;

const BINDING = `apiVersion: iam.cnrm.cloud.google.com/v1beta1
kind: IAMPartialPolicy
metadata: {name: backups, namespace: shop}
spec:
  bindings:
    - role: roles/iam.workloadIdentityUser
      members:
        - member: serviceAccount:mesh-project.svc.id.goog[shop/pg]
`;

test('a copy from the object store is the live cluster with another name, another bootstrap and no archive', async () => {
  const restore = await restoreOf(shop(GCS, BINDING), 'pg', { to: '2026-03-01T09:30:00Z' });

  expect(problemsOf(restore.manifest)).toEqual([]);
  expect(restore.file).toBe('restore/shop-pg-restore.yaml');
  expect(restore.warnings).toEqual([]);
  expect(manifestOf(restore)).toMatchInlineSnapshot(`
"apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: pg-restore
  namespace: shop
spec:
  bootstrap:
    recovery:
      database: shop
      owner: shop_owner
      secret:
        name: shop-login
      source: pg
      recoveryTarget:
        targetTime: "2026-03-01T09:30:00Z"
  externalClusters:
    - name: pg
      barmanObjectStore:
        destinationPath: gs://shop-backups/
        googleCredentials:
          gkeEnvironment: true
        serverName: pg
        wal:
          maxParallel: 4
  instances: 3
  imageName: ghcr.io/cloudnative-pg/postgresql:17.5
  serviceAccountTemplate:
    metadata:
      annotations:
        iam.gke.io/gcp-service-account: backups@example.iam.gserviceaccount.com
  superuserSecret:
    name: shop-admin
  postgresql:
    parameters:
      shared_buffers: 256MB
  monitoring:
    enablePodMonitor: true
  storage:
    size: 10Gi
"
`);
  expect(formatRestore(restore)).toMatchInlineSnapshot(`
"1. See that there is a backup to recover from
   kubectl -n shop get backups.postgresql.cnpg.io --sort-by=.metadata.creationTimestamp
   kubectl -n shop get cluster.postgresql.cnpg.io/pg -o jsonpath='{range .status.conditions[*]}{.type}={.status}{"\\n"}{end}'
   # one of pg has to be completed, and to have ended before 2026-03-01T09:30:00Z; ContinuousArchiving=True says that the write-ahead log arrives, too
   # the archive is gs://shop-backups/pg, which keeps 30d
2. Let the copy's ServiceAccount shop/pg-restore read the backups, as shop/pg may
   gcloud iam service-accounts add-iam-policy-binding backups@example.iam.gserviceaccount.com --role=roles/iam.workloadIdentityUser --member='serviceAccount:mesh-project.svc.id.goog[shop/pg-restore]'
   # IAMPartialPolicy backups in shop/object-1.yaml names [shop/pg] alone; for a copy that stays, add the member there, and let Flux make the binding
3. Make the copy shop/pg-restore
   kubectl create -f restore/shop-pg-restore.yaml
   kubectl -n shop logs --follow job/pg-restore-1-full-recovery   # as soon as its pod runs; a recovery that fails says why here
   kubectl -n shop wait --for=condition=Ready cluster.postgresql.cnpg.io/pg-restore --timeout=2h
   # it archives nowhere, so that it has no backups of its own
4. See that the data are there, before anybody relies on them
   kubectl -n shop get cluster.postgresql.cnpg.io/pg-restore -o jsonpath='{.status.phase}{"\\n"}'
   kubectl -n shop exec pg-restore-1 -c postgres -- psql shop -c 'select pg_is_in_recovery()'
   kubectl -n shop exec pg-restore-1 -c postgres -- psql shop -c '\\dt+'
   # it has to say "Cluster in healthy state"
   # and f: the recovery has ended, and it can be written to
   # look for rows of shortly before 2026-03-01T09:30:00Z, and that there are none after it
5. Use it
   # applications reach it at pg-restore-rw.shop.svc, with the password in the Secret shop-login, as before
The way back:
   kubectl -n shop delete cluster.postgresql.cnpg.io/pg-restore   # with its volumes; shop/pg is not touched
   gcloud iam service-accounts remove-iam-policy-binding backups@example.iam.gserviceaccount.com --role=roles/iam.workloadIdentityUser --member='serviceAccount:mesh-project.svc.id.goog[shop/pg-restore]'
   rm restore/shop-pg-restore.yaml"
`);
});
