import { spawnSync } from 'node:child_process';
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

const APPLICATION = `apiVersion: v1
kind: ConfigMap
metadata: {name: settings, namespace: shop}
data: {DB_HOST: pg-rw}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  template: {spec: {containers: [{name: web, envFrom: [{configMapRef: {name: settings}}]}]}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, minReplicas: 4, maxReplicas: 9}
---
apiVersion: batch/v1
kind: CronJob
metadata: {name: report, namespace: shop}
spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: report, env: [{name: PASSWORD, valueFrom: {secretKeyRef: {name: pg-app, key: password}}}]}]}}}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: billing, namespace: billing}
spec: {replicas: 2, template: {spec: {containers: [{name: billing, args: [--database=postgres://pg-r.shop.svc/shop]}]}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: other, namespace: other}
spec: {template: {spec: {containers: [{name: other, env: [{name: DB_HOST, value: pg-rw}]}]}}}
---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: chart, namespace: shop}
spec: {values: {database: {host: pg-rw.shop}}}
`;

const PLUGIN = `instances: 2
storage:
  size: 20Gi
bootstrap:
  recovery:
    source: former
    database: ledger
    owner: ledger
externalClusters:
  - name: former
    plugin:
      name: barman-cloud.cloudnative-pg.io
      parameters:
        barmanObjectName: store
        serverName: pg
  - name: reporting
    connectionParameters:
      host: reporting
plugins:
  - name: barman-cloud.cloudnative-pg.io
    isWALArchiver: true
    parameters:
      barmanObjectName: store
      serverName: pg-2
`;

const STORE = `apiVersion: barmancloud.cnpg.io/v1
kind: ObjectStore
metadata: {name: store, namespace: shop}
spec:
  retentionPolicy: 8w
  configuration:
    destinationPath: s3://ledger/
    endpointURL: https://s3.example.com
    s3Credentials:
      accessKeyId: {name: s3-keys, key: id}
      secretAccessKey: {name: s3-keys, key: secret}
`;

const KEYS = `apiVersion: v1
kind: Secret
metadata: {name: s3-keys, namespace: shop}
stringData: {id: 'ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]', secret: 'ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]'}
sops: {mac: 'ENC[AES256_GCM,data:AA==,iv:AA==,tag:AA==,type:str]', version: 3.9.0}
`;

test("in place, by the plugin from S3: under the live name, into the next archive; what connects is stopped and started, with Flux's hands off it", async () => {
  const restore = await restoreOf(shop(PLUGIN, STORE, KEYS, APPLICATION), 'shop/pg', { inPlace: true });

  expect(problemsOf(restore.manifest)).toEqual([]);
  expect(manifestOf(restore)).toMatchInlineSnapshot(`
"apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: pg
  namespace: shop
spec:
  bootstrap:
    recovery:
      database: ledger
      owner: ledger
      source: pg
  externalClusters:
    - name: pg
      plugin:
        name: barman-cloud.cloudnative-pg.io
        parameters:
          barmanObjectName: store
          serverName: pg-2
    - name: reporting
      connectionParameters:
        host: reporting
  instances: 2
  storage:
    size: 20Gi
  plugins:
    - name: barman-cloud.cloudnative-pg.io
      isWALArchiver: true
      parameters:
        barmanObjectName: store
        serverName: pg-3
"
`);
  expect(formatRestore(restore)).toMatchInlineSnapshot(`
"1. See that there is a backup to recover from
   kubectl -n shop get backups.postgresql.cnpg.io --sort-by=.metadata.creationTimestamp
   kubectl -n shop get cluster.postgresql.cnpg.io/pg -o jsonpath='{range .status.conditions[*]}{.type}={.status}{"\\n"}{end}'
   # one of pg has to be completed; ContinuousArchiving=True says that the write-ahead log arrives, too
   # the archive is s3://ledger/pg-2, which keeps 8w
   # its keys are in the Secret s3-keys of shop, which the recovered cluster reads, too
2. Keep Flux from making the cluster anew, empty, and from starting again what is stopped
   flux suspend kustomization shop -n flux-system
   flux suspend helmrelease chart -n shop
   # until the deletion below, resuming these undoes everything
3. Stop what writes to it, and wait until the last of its write-ahead log has arrived, if it still runs
   kubectl -n shop scale deployment/web --replicas=0
   kubectl -n shop patch cronjob/report -p '{"spec":{"suspend":true}}'
   kubectl -n billing scale deployment/billing --replicas=0
   PRIMARY="$(kubectl -n shop get cluster.postgresql.cnpg.io/pg -o jsonpath='{.status.currentPrimary}')"
   kubectl -n shop exec "$PRIMARY" -c postgres -- psql -c 'select pg_switch_wal()'
   kubectl -n shop exec "$PRIMARY" -c postgres -- psql -c 'select last_archived_wal, last_archived_time, last_failed_wal, now() from pg_stat_archiver'
   # last_archived_time has to be later than the switch
   # HelmRelease shop/chart connects to it: stop what it runs
4. Delete the cluster, and with it its volumes: from here on there is only the backup
   kubectl -n shop delete cluster.postgresql.cnpg.io/pg
   kubectl -n shop get pvc -l cnpg.io/cluster=pg
   # go on when no volume is left
5. Recover
   kubectl create -f restore/shop-pg-in-place.yaml
   kubectl -n shop logs --follow job/pg-1-full-recovery   # as soon as its pod runs; a recovery that fails says why here
   kubectl -n shop wait --for=condition=Ready cluster.postgresql.cnpg.io/pg --timeout=2h
   # create, not apply: it refuses while the live cluster is still there, where apply would change it
   # Services and Secrets keep their names: pg-rw, -ro and -r; the password in the Secret pg-app, which CNPG makes anew
6. See that the data are there, before anybody relies on them
   kubectl -n shop get cluster.postgresql.cnpg.io/pg -o jsonpath='{.status.phase}{"\\n"}'
   kubectl -n shop exec pg-1 -c postgres -- psql ledger -c 'select pg_is_in_recovery()'
   kubectl -n shop exec pg-1 -c postgres -- psql ledger -c '\\dt+'
   # it has to say "Cluster in healthy state"
   # and f: the recovery has ended, and it can be written to
   # look for the latest rows that you know of
7. Have the tree say that it archives under another name, commit and push it, before Flux goes on
   # in shop/pg.yaml: spec.plugins: parameters.serverName: pg-3
   # without it, Flux has the cluster write to s3://ledger/pg-2 again, which it was recovered from
8. Let Flux go on, and applications with it
   flux resume helmrelease chart -n shop
   flux resume kustomization shop -n flux-system
   kubectl -n shop scale deployment/web --replicas=4
   kubectl -n shop patch cronjob/report -p '{"spec":{"suspend":false}}'
   kubectl -n billing scale deployment/billing --replicas=2
   # Flux puts the tree's bootstrap in the place of the recovery, which changes nothing: it counts when a cluster is made
   # what runs and was not stopped has to be restarted: the password in pg-app is another
9. Take a base backup, without which the new archive is of no use
   fluxwright db backup shop/pg | kubectl create -f -
The way back:
   until the cluster is deleted: let Flux and applications go on, as above, and nothing has happened
   after that: s3://ledger/pg-2 stays as it is, so that the same can be done once more, to another moment:
   fluxwright db restore shop/pg --from object-store --in-place --archive-as pg-4 --to TIME
   when all is well: rm restore/shop-pg-in-place.yaml; the archive of before stays until somebody deletes it, since it is no longer under a retention policy"
`);
});

const AZURE = `instances: 1
storage: {size: 1Gi}
serviceAccountTemplate: {metadata: {annotations: {azure.workload.identity/client-id: 11111111-2222-3333-4444-555555555555}}}
backup:
  barmanObjectStore:
    destinationPath: https://shop.blob.core.windows.net/backups
    azureCredentials: {inheritFromAzureAD: true}
`;

test('a copy of one Backup in Azure lets in the account of its name', async () => {
  const restore = await restoreOf(shop(AZURE), 'pg', { from: 'backup', backup: 'before-upgrade', name: 'look', archiveAs: 'look-1' });

  expect(problemsOf(restore.manifest)).toEqual([]);
  expect(manifestOf(restore)).toMatchInlineSnapshot(`
"apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: look
  namespace: shop
spec:
  bootstrap:
    recovery:
      backup:
        name: before-upgrade
  instances: 1
  storage:
    size: 1Gi
  serviceAccountTemplate:
    metadata:
      annotations:
        azure.workload.identity/client-id: 11111111-2222-3333-4444-555555555555
  backup:
    barmanObjectStore:
      destinationPath: https://shop.blob.core.windows.net/backups
      azureCredentials:
        inheritFromAzureAD: true
      serverName: look-1
"
`);
  expect(formatRestore(restore)).toMatchInlineSnapshot(`
"1. See that there is a backup to recover from
   kubectl -n shop get backup.postgresql.cnpg.io/before-upgrade -o jsonpath='{.spec.cluster.name} {.status.phase} {.status.stoppedAt}{"\\n"}'
   # it has to say pg completed
   # the archive is https://shop.blob.core.windows.net/backups/pg
2. Let the copy's ServiceAccount shop/look read the backups, as shop/pg may
   az identity federated-credential create --name look --identity-name "$IDENTITY" --resource-group "$RESOURCE_GROUP" --issuer "$OIDC_ISSUER" --subject system:serviceaccount:shop:look --audiences api://AzureADTokenExchange
   # IDENTITY is the name of the identity with the client id 11111111-2222-3333-4444-555555555555
3. Make the copy shop/look
   kubectl create -f restore/shop-look.yaml
   kubectl -n shop logs --follow job/look-1-full-recovery   # as soon as its pod runs; a recovery that fails says why here
   kubectl -n shop wait --for=condition=Ready cluster.postgresql.cnpg.io/look --timeout=2h
   # it archives to https://shop.blob.core.windows.net/backups/look-1, where nothing may lie yet
4. See that the data are there, before anybody relies on them
   kubectl -n shop get cluster.postgresql.cnpg.io/look -o jsonpath='{.status.phase}{"\\n"}'
   kubectl -n shop exec look-1 -c postgres -- psql app -c 'select pg_is_in_recovery()'
   kubectl -n shop exec look-1 -c postgres -- psql app -c '\\dt+'
   # it has to say "Cluster in healthy state"
   # and f: the recovery has ended, and it can be written to
   # look for the latest rows that you know of
5. Use it
   # applications reach it at look-rw.shop.svc, with the password in the Secret look-app, which CNPG makes anew
The way back:
   kubectl -n shop delete cluster.postgresql.cnpg.io/look   # with its volumes; shop/pg is not touched
   az identity federated-credential delete --name look --identity-name "$IDENTITY" --resource-group "$RESOURCE_GROUP"
   rm restore/shop-look.yaml"
`);
});

test('a copy of the running cluster streams from it, with the certificates that it names, until it is promoted', async () => {
  const restore = await restoreOf(shop(GCS), 'pg', { from: 'live' });

  expect(problemsOf(restore.manifest)).toEqual([]);
  expect(restore.manifest['spec']).toMatchObject({ bootstrap: { pg_basebackup: { source: 'pg' } }, replica: { enabled: true, source: 'pg' }, externalClusters: [{ name: 'pg', sslKey: { name: 'pg-replication-own', key: 'tls.key' }, sslRootCert: { name: 'pg-ca-own', key: 'ca.crt' } }] });
  expect(formatRestore(restore)).toMatchInlineSnapshot(`
"1. See that the live cluster runs, and has the certificates that standbys come with
   kubectl -n shop get cluster.postgresql.cnpg.io/pg secret/pg-replication-own secret/pg-ca-own
   # it has to say "Cluster in healthy state"; the copy is read from its primary, which has more to do meanwhile
2. Make the copy shop/pg-restore
   kubectl create -f restore/shop-pg-restore.yaml
   kubectl -n shop logs --follow job/pg-restore-1-pgbasebackup   # as soon as its pod runs; a recovery that fails says why here
   kubectl -n shop wait --for=condition=Ready cluster.postgresql.cnpg.io/pg-restore --timeout=2h
   # it archives nowhere, so that it has no backups of its own
3. See that the data are there, before anybody relies on them
   kubectl -n shop get cluster.postgresql.cnpg.io/pg-restore -o jsonpath='{.status.phase}{"\\n"}'
   kubectl -n shop exec pg-restore-1 -c postgres -- psql shop -c 'select pg_is_in_recovery()'
   kubectl -n shop exec pg-restore-1 -c postgres -- psql shop -c '\\dt+'
   # it has to say "Cluster in healthy state"
   # and t: it follows the live cluster, and can only be read
   # look for the latest rows that you know of
4. When it is to be written to, promote it: from then on it no longer follows the live cluster
   kubectl -n shop patch cluster.postgresql.cnpg.io/pg-restore --type=merge -p '{"spec":{"replica":{"enabled":false}}}'
5. Use it
   # applications reach it at pg-restore-rw.shop.svc, with the users and passwords of the live cluster
The way back:
   kubectl -n shop delete cluster.postgresql.cnpg.io/pg-restore   # with its volumes; shop/pg is not touched
   rm restore/shop-pg-restore.yaml"
`);
});

const SNAPSHOTS = 'instances: 2\nstorage: {size: 1Gi}\nbackup: {volumeSnapshot: {className: fast}}\n';

test('a volume snapshot is recovered through its Backup, in place as well', async () => {
  const restore = await restoreOf(shop(SNAPSHOTS), 'pg', { from: 'backup', backup: 'nightly-1', inPlace: true });

  expect(problemsOf(restore.manifest)).toEqual([]);
  expect(manifestOf(restore)).toMatchInlineSnapshot(`
"apiVersion: postgresql.cnpg.io/v1
kind: Cluster
metadata:
  name: pg
  namespace: shop
spec:
  bootstrap:
    recovery:
      backup:
        name: nightly-1
  instances: 2
  storage:
    size: 1Gi
  backup:
    volumeSnapshot:
      className: fast
"
`);
  expect(restore.steps.map(({ title }) => title)).toMatchInlineSnapshot(`
[
  "See that there is a backup to recover from",
  "Keep Flux from making the cluster anew, empty, and from starting again what is stopped",
  "Stop what writes to it, and wait until the last of its write-ahead log has arrived, if it still runs",
  "Delete the cluster, and with it its volumes: from here on there is only the backup",
  "Recover",
  "See that the data are there, before anybody relies on them",
  "Let Flux go on, and applications with it",
]
`);
});

test("the trust policy of a role on AWS is a person's to change", async () => {
  const role = GCS.replace('iam.gke.io/gcp-service-account: backups@example.iam.gserviceaccount.com', 'eks.amazonaws.com/role-arn: arn:aws:iam::111122223333:role/backups').replace('gs://shop-backups/', 's3://shop').replace('googleCredentials:\n      gkeEnvironment: true', 's3Credentials:\n      inheritFromIAMRole: true');

  const { steps } = await restoreOf(shop(role), 'pg');

  expect(steps[1]).toEqual({ title: "Let the copy's ServiceAccount shop/pg-restore read the backups, as shop/pg may", commands: [], notes: ['the trust policy of arn:aws:iam::111122223333:role/backups has to allow the subject system:serviceaccount:shop:pg-restore'] });
});

test('what is to be typed is for any shell, whatever the tree calls things', async () => {
  const named = Object.fromEntries(Object.entries(shop(GCS, BINDING, APPLICATION)).map(([path, text]) => [path, text.replace('name: web, namespace: shop', "name: 'we$b; echo `id`', namespace: shop").replace('database: shop', "database: \"a'b c\"")]));

  for (const request of [{ inPlace: true }, { from: 'live' }, { from: 'backup', backup: 'one' }] as const) {
    const { steps, wayBack } = await restoreOf(named, 'pg', request);
    for (const line of [...steps.flatMap(({ commands }) => commands), ...wayBack.filter((one) => /^(kubectl|gcloud|rm|fluxwright) /.test(one))]) {
      const { status, stderr } = spawnSync('sh', ['-n'], { input: line, encoding: 'utf8' });
      expect({ line, status, stderr }).toEqual({ line, status: 0, stderr: '' });
      expect(line).not.toMatch(/(^|[^'])we\$b/);
    }
  }
});
