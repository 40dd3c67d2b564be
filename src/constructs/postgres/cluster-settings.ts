import type { ClusterSpec } from '../../../imports/postgresql.cnpg.io';
import type { ApiData, ApiPatch } from '../api-data';
import type { BackupDestination } from './backup-destination';
import type { Bootstrap } from './bootstrap';
import type { ObjectStore } from './object-store';

type Spec = ApiData<ClusterSpec>;
type Postgresql = NonNullable<Spec['postgresql']>;

/**
 * What can be said of a Postgres cluster, in CNPG's own words; nothing is written that is not said. `spec` reaches the rest.
 * @see https://cloudnative-pg.io/documentation/current/cloudnative-pg.v1/#clusterspec
 */
export interface ClusterSettings {
  /**
   * How many instances run: one primary, the others standbys that can take over.
   * @default 1, which is CNPG's default: no standby
   */
  readonly instances?: number;

  /**
   * The Postgres image, with a tag that begins with the version: `ghcr.io/cloudnative-pg/postgresql:17.5`, or a pin.
   * CNPG refuses `latest` and a digest without a tag, since it finds upgrades by the tag.
   * @default the one that the operator was released with, which changes with the operator
   */
  readonly imageName?: string;

  /** The volume of each instance. `size` is a quantity such as `10Gi`; CNPG can grow it, never shrink it. */
  readonly storage?: Spec['storage'];

  /**
   * A volume of its own for the write-ahead log. It cannot be taken away again.
   * @default it lies in `storage`
   */
  readonly walStorage?: Spec['walStorage'];

  /** CPU and memory of each instance. @default none asked for */
  readonly resources?: Spec['resources'];

  /**
   * postgresql.conf, as strings. What CNPG sets itself (`archive_mode`, `listen_addresses`, …) is refused.
   * @default CNPG's
   */
  readonly parameters?: Readonly<Record<string, string>>;

  /** Lines of pg_hba.conf between CNPG's own. @default none: CNPG ends with password authentication for all */
  readonly pg_hba?: Postgresql['pg_hba'];

  /** Libraries to load beside those that CNPG loads because of `parameters`. @default none */
  readonly shared_preload_libraries?: Postgresql['shared_preload_libraries'];

  /** Whether PodDisruptionBudgets guard the primary and the standbys. @default true */
  readonly enablePDB?: boolean;

  /** Labels and annotations for everything that CNPG makes for the cluster. @default none */
  readonly inheritedMetadata?: Spec['inheritedMetadata'];

  /**
   * Labels and annotations of the ServiceAccount, for workload identity. Its name is the cluster's, so the cloud's binding
   * has to name `[<namespace>/<cluster>]`, for restored copies as well.
   * @default none
   */
  readonly serviceAccountTemplate?: Spec['serviceAccountTemplate'];

  /** @default metrics on port 9187 and no PodMonitor */
  readonly monitoring?: Spec['monitoring'];

  /** @default instances prefer different nodes */
  readonly affinity?: Spec['affinity'];

  /** Seconds an instance may take to start. @default 3600 */
  readonly startDelay?: number;

  /** Seconds an instance may take to stop. @default 1800 */
  readonly stopDelay?: number;

  /** Seconds of `stopDelay` in which clients may leave by themselves. @default 180 */
  readonly smartShutdownTimeout?: number;

  /** Seconds the primary may take to stop in a switchover. @default 3600 */
  readonly switchoverDelay?: number;

  /** Seconds to wait before a failover once the primary is unhealthy. @default 0 */
  readonly failoverDelay?: number;

  /** Whether CNPG updates the primary by itself, or waits for somebody to switch over. @default "unsupervised" */
  readonly primaryUpdateStrategy?: Spec['primaryUpdateStrategy'];

  /** How the primary is updated: in place, or by a switchover to an updated standby. @default "restart" */
  readonly primaryUpdateMethod?: Spec['primaryUpdateMethod'];

  /** Whether the user postgres can log in with a password. @default false */
  readonly enableSuperuserAccess?: boolean;

  /** The Secret with the password of the user postgres. @default CNPG makes one, if `enableSuperuserAccess` */
  readonly superuserSecret?: Spec['superuserSecret'];

  /** Secrets with certificates of your own. @default CNPG makes and renews them */
  readonly certificates?: Spec['certificates'];

  /**
   * Where the first data come from: `initdb(…)`, or `recoverFrom(…)` another cluster's backup. Read once, when CNPG creates the cluster.
   * @default an empty database "app" of the user "app"
   */
  readonly bootstrap?: Bootstrap;

  /** Servers outside of the cluster, beside those that `bootstrap` brings. @default none */
  readonly externalClusters?: Spec['externalClusters'];

  /**
   * Where base backups and the write-ahead log go: `gcs(…)`, `s3(…)` or `azure(…)` for CNPG's own `barmanObjectStore`, which
   * is deprecated since CNPG 1.26, or an `ObjectStore` for the barman-cloud plugin.
   * @default nowhere: what is lost is lost
   */
  readonly backups?: BackupDestination | ObjectStore;

  /**
   * The name under which the cluster archives in `backups`. No two clusters may archive under one name in one place, and
   * none where another archived before it: change it after an in-place recovery, and whenever a cluster is made anew.
   * @default the cluster's name
   */
  readonly serverName?: string;

  /** How backups are taken as volume snapshots (ScheduledBackup `method: 'volumeSnapshot'`). @default they cannot be */
  readonly volumeSnapshot?: NonNullable<Spec['backup']>['volumeSnapshot'];

  /** CNPG-I plugins beside the one that `backups` brings. @default none */
  readonly plugins?: Spec['plugins'];

  /** Merged last over what the props say: maps are merged, lists replaced, a null is written, which to the API server is a field left out. */
  readonly spec?: ApiPatch<ClusterSpec>;
}
