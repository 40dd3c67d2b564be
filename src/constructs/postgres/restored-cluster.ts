import type { ClusterSpec } from '../../../imports/postgresql.cnpg.io';
import type { Directory } from '../../app/directory';
import { FieldChecks } from '../../app/field-checks';
import { addModelCheck } from '../../app/model-check';
import type { ApiPatch } from '../api-data';
import type { ApiResourceProps } from '../api-resource';
import { archiveOf, describeArchive, type Archive } from './archive';
import { archiveWriters } from './archive-claims';
import type { RecoverFromOptions } from './bootstrap';
import { checkArchives, checkClusterName, checkClusterSpec } from './cluster-checks';
import type { EffectiveSpec } from './cluster-spec';
import type { LiveCluster } from './live-cluster';
import { applyMergePatch } from './merge-patch';
import { liveArchive, recoveredSpec, withoutOwnNames } from './recovered-spec';
import { recoveryFrom, type RecoverySource } from './recovery-source';
import { checkStorageSize } from './storage-size';
import { UnsyncedResource } from './unsynced-resource';

export interface RestoredClusterProps extends ApiResourceProps, Pick<RecoverFromOptions, 'source' | 'serverName' | 'recoveryTarget' | 'barmanObjectStore'> {
  /** The cluster to copy. All that is not said here is as it is there, image, parameters and volumes included. */
  readonly cluster: LiveCluster;

  /**
   * What to copy it from: its backups in the object store; one Backup object, by its construct or name; or the live cluster
   * itself, by pg_basebackup, to be followed until the copy is promoted.
   */
  readonly from: RecoverySource;

  /** @default "<live cluster>-restore" */
  readonly name?: string;

  /** How many instances the copy has. @default as many as the live cluster */
  readonly instances?: number;

  /** Where it differs from the live cluster's; never smaller. @default the live cluster's */
  readonly storage?: EffectiveSpec['storage'];

  /**
   * The serverName under which the copy archives, in the live cluster's destination.
   * @default it archives nowhere: a copy that is made again under one name would find the archive of the last one there, and
   * CNPG refuses that ("Expected empty archive")
   */
  readonly archivesAs?: string;

  /** Merged last over what is derived; a null is written, which to the API server is a field left out. */
  readonly spec?: ApiPatch<ClusterSpec>;
}

/**
 * A copy of a live cluster beside it, under a name of its own, made when somebody applies the file. Flux does not apply it,
 * and the live cluster is not touched. It is derived from the live cluster, so that it cannot drift from it.
 *
 * Its ServiceAccount has the copy's name: the cloud's binding for workload identity has to name `[<namespace>/<copy>]`, too.
 *
 * @example
 * new RestoredCluster(restore, 'from-object-store', { cluster: live, from: 'object-store', recoveryTarget: { targetTime: '2026-03-01T09:30:00Z' } });
 * @see InPlaceRecovery for recovering under the live cluster's own name
 * @see https://cloudnative-pg.io/documentation/current/recovery/
 */
export class RestoredCluster extends UnsyncedResource {
  readonly spec: EffectiveSpec;
  private readonly archive: Archive | undefined;
  private readonly from: RecoverySource;

  /**
   * @throws UserError `recovery-overwrites-source` if it would archive where the live cluster does, `quantity-invalid` for less
   * storage, `backup-missing` if there is nothing to recover from, `wrong-scope` where Flux would apply it
   */
  constructor(scope: Directory, id: string, props: RestoredClusterProps) {
    const { cluster, from, archivesAs, instances, storage, labels = cluster.labels, annotations = cluster.annotations } = props;
    super(scope, id, 'Cluster', cluster, { labels, annotations, namespace: props.namespace, name: props.name ?? `${cluster.name}-restore` });
    this.from = from;
    const checks = checkClusterName(new FieldChecks(this, 'RestoredCluster'), this.name);
    const recovery = recoveryFrom(this, checks, props);
    const derived = withoutOwnNames(recoveredSpec(cluster, { ...recovery, archivesAs, namespace: this.namespace }));
    const fields = applyMergePatch(derived, { instances, storage });
    this.spec = applyMergePatch(fields, props.spec);
    this.archive = archiveOf(this.spec, this.name, cluster.backups);

    checks
      .require(this.name !== cluster.name || this.namespace !== cluster.namespace, 'recovery-overwrites-source', `has the live cluster's own name, ${this.namespace}/${this.name}, and would change it when applied`, 'give it another name, or use InPlaceRecovery')
      .require(archivesAs === undefined || liveArchive(cluster) !== undefined, 'backup-missing', `archives as ${JSON.stringify(archivesAs)}, and the live cluster has no backups to archive beside`, 'leave out archivesAs');
    checkStorageSize(checkClusterSpec(checks, this.spec), cluster.spec, this.spec);
    this.checkSubstituted(checkArchives(checks, this.archive, [liveArchive(cluster), recovery.source], 'write another name: archivesAs: …, or leave it out'), this.spec).done();
    addModelCheck(this, () => archiveWriters(this, 'RestoredCluster', this.archive));
    this.define({ spec: fields }, { spec: props.spec });
  }

  /** The ServiceAccount that its pods run as: CNPG gives it the copy's name. */
  get serviceAccountName(): string {
    return this.name;
  }

  protected instructions(): readonly string[] {
    const { namespace, name, cluster, archive } = this;
    const object = `cluster.postgresql.cnpg.io/${name}`;
    const follows = this.from === 'live-cluster';
    return [
      `Makes the cluster ${namespace}/${name}, a copy of ${cluster.namespace}/${cluster.name}, which goes on as it is.`,
      ...(follows ? [] : [`First see that there is a backup (kubectl -n ${cluster.namespace} get backups.postgresql.cnpg.io), and that the cloud`, `lets the ServiceAccount [${namespace}/${name}] read it: a binding for workload identity names each ServiceAccount.`]),
      `  kubectl create -f ${this.file}`,
      `  kubectl -n ${namespace} wait --for=condition=Ready ${object} --timeout=2h`,
      ...(follows ? ['It follows the live cluster, read-only, until it is promoted:', `  kubectl -n ${namespace} patch ${object} --type=merge -p '{"spec":{"replica":{"enabled":false}}}'`] : []),
      `Then look at the data. ${archive === undefined ? 'The copy archives nowhere: it has no backups of its own.' : `The copy archives to ${describeArchive(archive)}.`}`,
      `When it is no longer needed, this deletes it with its volumes: kubectl delete -f ${this.file}`,
    ];
  }
}
