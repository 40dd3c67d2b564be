import type { ClusterSpecBootstrap, ClusterSpecBootstrapInitdb, ClusterSpecExternalClusters } from '../../../imports/postgresql.cnpg.io';
import type { ApiData } from '../api-data';
import type { Archive } from './archive';
import type { BarmanObjectStore } from './backup-destination';
import { externalClusterFor } from './external-cluster';
import type { LiveCluster } from './live-cluster';
import type { ObjectStore } from './object-store';
import type { RecoveryTarget } from './recovery-target';

/** Where a cluster's first data come from: made by `initdb(…)` or `recoverFrom(…)`. */
export interface Bootstrap {
  readonly bootstrap: ApiData<ClusterSpecBootstrap>;
  readonly externalClusters?: readonly ApiData<ClusterSpecExternalClusters>[];
  /** The archive that it reads, which the cluster must not write to. */
  readonly source?: Archive;
}

/** An empty database: `initdb({ database: 'shop', owner: 'shop' })`. */
export function initdb(settings: ApiData<ClusterSpecBootstrapInitdb> = {}): Bootstrap {
  return { bootstrap: { initdb: settings } };
}

export interface RecoverFromOptions {
  /** What to call the backed-up cluster in `externalClusters`. @default its name */
  readonly source?: string;

  /**
   * The serverName to read. @default the one that the backed-up cluster archives under; what it wrote before an in-place
   * recovery is under the one before
   */
  readonly serverName?: string;

  /** The application's database in the backup. @default what the backed-up cluster was bootstrapped with */
  readonly database?: string;

  /** Its owner. @default what the backed-up cluster was bootstrapped with */
  readonly owner?: string;

  /** Where to stop. @default at the last transaction in the archive */
  readonly recoveryTarget?: RecoveryTarget;

  /**
   * Merged over the backed-up cluster's object store: `{ wal: { maxParallel: 8 } }` fetches eight files at a time.
   * Not with the plugin, whose ObjectStore has it.
   */
  readonly barmanObjectStore?: Partial<Omit<BarmanObjectStore, 'serverName'>>;

  /** With the plugin: the ObjectStore to read. @default the backed-up cluster's, which has to exist in this cluster's namespace, too */
  readonly objectStore?: ObjectStore;
}

/**
 * The last backup of another cluster, such as production's for an ephemeral environment: the new cluster reads that
 * archive and writes to another, or to none. Its volumes have to hold the backup.
 *
 * @example
 * new PostgresCluster(preview, 'pg', { storage: { size: '10Gi' }, bootstrap: recoverFrom(production) });
 * @throws UserError `backup-missing` if that cluster has no backups
 */
export function recoverFrom(cluster: LiveCluster, options: RecoverFromOptions = {}): Bootstrap {
  const { external, archive } = externalClusterFor(cluster, options);
  const { recoveryTarget, database, owner } = { ...applicationDatabase(cluster), ...options };
  return {
    bootstrap: { recovery: { ...(database === undefined ? {} : { database }), ...(owner === undefined ? {} : { owner }), source: external.name, ...(recoveryTarget === undefined ? {} : { recoveryTarget }) } },
    externalClusters: [external],
    source: archive,
  };
}

/** The database and owner that a cluster was made with; CNPG takes "app" for both where nothing is said. */
export function applicationDatabase({ spec }: LiveCluster): { readonly database?: string; readonly owner?: string } {
  const { initdb: made, recovery, pg_basebackup: copied } = spec.bootstrap ?? {};
  const { database, owner = database } = made ?? recovery ?? copied ?? {};
  return database === undefined ? {} : { database, owner };
}
