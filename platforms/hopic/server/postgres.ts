import { Base, gcs, initdb, InPlaceRecovery, k8s, KubeObject, Backup, Directory, Overlay, PostgresCluster, recoverFrom, RestoredCluster, ScheduledBackup, type LiveCluster, type NamespaceDirectory, type PostgresClusterOverlay } from 'fluxwright';
import type { HopicOptions } from '../options';
import { actsAs, meshRevision, site } from '../site';

export const databaseName = 'cpho-postgres14-cluster';
export const databaseService = `${databaseName}-rw`;

const application = { database: 'cpho-phase2_db', owner: 'cpho-phase2_db_user' };

/** The directory that overlays build on, and what they complete. */
export interface PostgresBase {
  readonly directory: Base;
  readonly cluster: PostgresCluster;
}

/** The database without what makes an environment: its size, its first data, its backups. */
export function postgresBase(server: Directory): PostgresBase {
  const directory = new Base(server, 'postgres', { path: 'base/postgres' });
  const cluster = new PostgresCluster(directory, 'pg-cluster', {
    name: databaseName,
    imageName: 'ghcr.io/cloudnative-pg/postgresql:14.11',
    enablePDB: true,
    primaryUpdateStrategy: 'unsupervised',
    inheritedMetadata: {
      annotations: {
        'proxy.istio.io/config': '{ "holdApplicationUntilProxyStarts": true }',
        'sidecar.istio.io/proxyCPU': '50m',
        'sidecar.istio.io/proxyMemory': '112Mi',
      },
    },
    parameters: {
      shared_buffers: '256MB',
      'auto_explain.log_min_duration': '30s',
      'pg_stat_statements.max': '10000',
      'pg_stat_statements.track': 'top',
      'pgaudit.log': 'all, -misc',
      'pgaudit.log_catalog': 'off',
      'pgaudit.log_parameter': 'on',
      'pgaudit.log_relation': 'on',
      log_checkpoints: 'on',
      log_connections: 'off',
      log_disconnections: 'off',
      log_hostname: 'off',
      log_lock_waits: 'on',
      log_min_messages: 'warning',
      log_statement: 'none',
      log_temp_files: '1024',
    },
  });
  return { directory, cluster };
}

/** What every environment adds to the base. */
const environment = {
  pg_hba: ['host all all all md5'],
  serviceAccountTemplate: { metadata: { annotations: actsAs('hopic-postgres-backup') } },
  startDelay: 900,
  stopDelay: 900,
};

export interface ProductionDatabase {
  readonly overlay: Directory;
  readonly backups: Directory;
  readonly cluster: PostgresClusterOverlay;
}

/** What production's data have room in, and what is made from them. */
const storage = { size: '2Gi', storageClass: 'standard' };

/** Three instances, backed up every midnight, and the manifests for the day when they have to be recovered. */
export function productionDatabase(prod: NamespaceDirectory, base: PostgresBase): ProductionDatabase {
  const overlay = databaseOverlay(prod, base, 'server', 'prod');
  const cluster = base.cluster.overlay(overlay, 'production', {
    ...environment,
    instances: 3,
    storage,
    resources: { requests: { cpu: '200m', memory: '500Mi' } },
    bootstrap: initdb(application),
    backups: gcs(site.backups, { retentionPolicy: '30d' }),
  });

  const backups = new Directory(overlay, 'backup', { namespace: 'server' });
  const labels = { app: 'server' };
  new ScheduledBackup(backups, 'scheduled', { name: 'postgres14-cluster-scheduled-backup', labels, cluster, schedule: '0 0 0 * * *', backupOwnerReference: 'self' });
  const onDemand = new Backup(backups, 'on-demand', { name: 'postgres14-cluster-backup', cluster });

  const restore = new Directory(overlay, 'restore', { hasKustomization: false });
  new RestoredCluster(restore, 'restore-from-object-storage', { cluster, from: 'object-store' });
  new RestoredCluster(restore, 'restore-from-k8s-backup-object', { cluster, from: onDemand });
  new RestoredCluster(restore, 'restore-from-live-cluster', { cluster, from: 'live-cluster' });
  new InPlaceRecovery(restore, 'recover-in-place', { cluster });
  return { overlay, backups, cluster };
}

/** One small instance with production's data, as of its last backup. */
export function ephemeralDatabase(directory: Directory, base: PostgresBase, production: LiveCluster, { ephemeralStorage: size = storage.size }: HopicOptions): Directory {
  const branch = '${BRANCH_NAME}';
  const overlay = databaseOverlay(directory, base, branch, branch);
  base.cluster.overlay(overlay, 'ephemeral', {
    ...environment,
    instances: 1,
    storage: { ...storage, size },
    bootstrap: recoverFrom(production, { source: 'cpho-postgres-restore', barmanObjectStore: { destinationPath: `${site.backups}/`, wal: { maxParallel: 8 } } }),
  });
  return overlay;
}

function databaseOverlay(directory: Directory, base: PostgresBase, namespace: string, branch: string): Overlay {
  const overlay = new Overlay(directory, 'postgres', { bases: [base.directory], namespace, labels: [{ pairs: { app: 'database', branch }, includeSelectors: true }] });
  new KubeObject(overlay, 'namespace', { of: k8s.KubeNamespace, object: { metadata: { name: 'server', labels: meshRevision }, spec: {}, status: {} } });
  return overlay;
}
