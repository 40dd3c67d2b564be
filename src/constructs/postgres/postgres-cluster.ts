import type { Construct } from 'constructs';
import type { Directory } from '../../app/directory';
import { FieldChecks } from '../../app/field-checks';
import { addModelCheck } from '../../app/model-check';
import { ApiResource, type ApiResourceProps } from '../api-resource';
import { archiveOf, recoveryArchiveOf } from './archive';
import { archiveConflicts, claimArchive } from './archive-claims';
import type { BackupDestination } from './backup-destination';
import { checkArchives, checkClusterName, checkClusterSpec, checkSettings, missingStorage } from './cluster-checks';
import type { ClusterSettings } from './cluster-settings';
import { specOf, type EffectiveSpec } from './cluster-spec';
import type { LiveCluster } from './live-cluster';
import { applyMergePatch } from './merge-patch';
import type { ObjectStore } from './object-store';
import { PostgresClusterOverlay, type PostgresClusterOverlayProps } from './postgres-cluster-overlay';

export interface PostgresClusterProps extends ApiResourceProps, ClusterSettings {}

/**
 * CNPG's `Cluster`: a Postgres primary with its standbys. Rendered in full where it stands; where environments share a
 * base directory, the part that they have in common, which `overlay` completes for each.
 *
 * Flux deletes what leaves the tree, a cluster with its volumes included, where its Kustomization prunes: the annotation
 * `kustomize.toolkit.fluxcd.io/prune: disabled` keeps it.
 *
 * @example
 * const pg = new PostgresCluster(server, 'pg', {
 *   instances: 3,
 *   storage: { size: '10Gi' },
 *   bootstrap: initdb({ database: 'shop', owner: 'shop' }),
 *   backups: gcs('gs://shop-backups', { retentionPolicy: '30d' }),
 * });
 * new ScheduledBackup(server, 'nightly', { cluster: pg, schedule: '0 0 2 * * *' });
 */
export class PostgresCluster extends ApiResource implements LiveCluster {
  readonly spec: EffectiveSpec;
  readonly backups?: BackupDestination | ObjectStore;

  /** The namespace that is written into the object, which patches of it have to name. */
  readonly writtenNamespace?: string;

  private readonly overlays: PostgresClusterOverlay[] = [];

  /** @throws UserError for each value that CNPG would refuse, and for recovering from where it archives */
  constructor(scope: Construct, id: string, props: PostgresClusterProps = {}) {
    super(scope, id, 'postgresql.cnpg.io/v1', 'Cluster', props);
    const fields = specOf(props);
    this.spec = applyMergePatch(fields, props.spec);
    this.backups = props.backups;
    this.writtenNamespace = props.namespace;

    const checks = checkClusterName(new FieldChecks(this, 'PostgresCluster'), this.name);
    checkClusterSpec(checkSettings(checks, props), this.spec);
    checkArchives(checks, archiveOf(this.spec, this.name, this.backups), [props.bootstrap?.source, recoveryArchiveOf(this.spec)], 'archive under another serverName, or leave out backups').done();

    const isApplied = (): boolean => this.overlays.length === 0;
    claimArchive(this, isApplied);
    addModelCheck(this, () => (isApplied() ? [...missingStorage(this, this.spec), ...archiveConflicts(this)] : []));
    this.define({ spec: fields }, { spec: props.spec });
  }

  /** The ServiceAccount that its pods run as: CNPG gives it the cluster's name. */
  get serviceAccountName(): string {
    return this.name;
  }

  /**
   * This cluster in one environment: a strategic merge patch with what differs, in an overlay of the cluster's directory.
   * The cluster itself is then only a part, which is applied nowhere else.
   *
   * @example
   * const pg = new PostgresCluster(base, 'pg', { imageName: 'ghcr.io/cloudnative-pg/postgresql:17.5' });
   * const live = pg.overlay(production, 'pg', { instances: 3, storage: { size: '10Gi' }, backups: gcs('gs://shop-backups') });
   * pg.overlay(preview, 'pg', { storage: { size: '10Gi' }, bootstrap: recoverFrom(live) });
   */
  overlay(directory: Directory, id: string, props: PostgresClusterOverlayProps): PostgresClusterOverlay {
    const overlay = new PostgresClusterOverlay(directory, id, this, props);
    this.overlays.push(overlay);
    return overlay;
  }
}
