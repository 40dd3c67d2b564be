import type { ClusterSpec } from '../../../imports/postgresql.cnpg.io';
import { Directory } from '../../app/directory';
import { FieldChecks } from '../../app/field-checks';
import { addModelCheck } from '../../app/model-check';
import { nextServerName } from '../../postgres/server-name';
import type { ApiPatch } from '../api-data';
import type { ApiResourceProps } from '../api-resource';
import { kustomizationsApplying } from '../flux/kustomizations-applying';
import { archiveOf, describeArchive, type Archive } from './archive';
import { archiveWriters } from './archive-claims';
import { recoverFrom, type RecoverFromOptions } from './bootstrap';
import { checkArchives, checkClusterSpec } from './cluster-checks';
import type { EffectiveSpec } from './cluster-spec';
import type { LiveCluster } from './live-cluster';
import { applyMergePatch } from './merge-patch';
import { liveArchive, recoveredSpec } from './recovered-spec';
import { checkStorageSize } from './storage-size';
import { UnsyncedResource } from './unsynced-resource';

export interface InPlaceRecoveryProps extends Pick<ApiResourceProps, 'labels' | 'annotations'>, Pick<RecoverFromOptions, 'source' | 'serverName' | 'recoveryTarget' | 'barmanObjectStore'> {
  /** The cluster to replace by what its object store holds. */
  readonly cluster: LiveCluster;

  /**
   * The serverName under which the recovered cluster archives, in the same destination: nothing may have archived there.
   * The live cluster takes it over as its `serverName` before Flux goes on, as the file says.
   * @default "<cluster>-2", or the next number if the live cluster's serverName has one already
   */
  readonly archivesAs?: string;

  /** Merged last over what is derived; a null is written, which to the API server is a field left out. */
  readonly spec?: ApiPatch<ClusterSpec>;
}

/**
 * Recovers a cluster from its object store **under its own name**, in its own namespace: what replaces production after it is
 * lost, where RestoredCluster makes a copy beside it. Flux does not apply it. The file says what it does to production and
 * which steps come before; it is made for `kubectl create`, which refuses while the live cluster is still there.
 *
 * @example
 * new InPlaceRecovery(restore, 'in-place', { cluster: live });
 * @see https://cloudnative-pg.io/documentation/current/recovery/
 */
export class InPlaceRecovery extends UnsyncedResource {
  readonly spec: EffectiveSpec;
  private readonly source: Archive;
  private readonly archive: Archive | undefined;

  /**
   * @throws UserError `backup-missing` if there is nothing to recover from, `recovery-overwrites-source` if it would archive where
   * it recovers from, `quantity-invalid` for less storage, `wrong-scope` where Flux would apply it
   */
  constructor(scope: Directory, id: string, props: InPlaceRecoveryProps) {
    const { cluster, labels = cluster.labels, annotations = cluster.annotations } = props;
    super(scope, id, 'Cluster', cluster, { labels, annotations, name: cluster.name });
    const recovery = recoverFrom(cluster, props);
    this.source = recovery.source!;
    const fields = recoveredSpec(cluster, { ...recovery, namespace: this.namespace, archivesAs: props.archivesAs ?? nextServerName(cluster.name, liveArchive(cluster)!.serverName) });
    this.spec = applyMergePatch(fields, props.spec);
    this.archive = archiveOf(this.spec, this.name, cluster.backups);

    const checks = new FieldChecks(this, 'InPlaceRecovery');
    checkStorageSize(checkClusterSpec(checks, this.spec), cluster.spec, this.spec);
    this.checkSubstituted(checkArchives(checks, this.archive, [liveArchive(cluster), this.source], 'write another name: archivesAs: …, or leave it out'), this.spec).done();
    addModelCheck(this, () => archiveWriters(this, 'InPlaceRecovery', this.archive));
    this.define({ spec: fields }, { spec: props.spec });
  }

  protected instructions(): readonly string[] {
    const { namespace, name } = this;
    const object = `cluster.postgresql.cnpg.io/${name}`;
    const flux = (verb: string): string[] => {
      const applying = kustomizationsApplying(Directory.of(this.cluster));
      if (applying.length === 0) return [`     flux ${verb} kustomization <the one that applies it>`];
      return applying.map((kustomization) => `     flux ${verb} kustomization ${kustomization.name} -n ${kustomization.namespace}`);
    };
    return [
      `DANGER: this replaces the live cluster ${namespace}/${name} by its backup in ${describeArchive(this.source)}.`,
      'The steps delete its volumes: what is not in that archive is lost. To look into a backup, restore a copy instead.',
      '  1. See that there is a backup to recover from. If the cluster still runs, stop what writes to it, and wait five',
      '     minutes, in which the last of its write-ahead log is archived; ContinuousArchiving has to be True:',
      `     kubectl -n ${namespace} get backups.postgresql.cnpg.io`,
      `     kubectl -n ${namespace} get ${object} -o jsonpath='{.status.conditions}'`,
      '  2. Keep Flux from making the cluster anew, empty:',
      ...flux('suspend'),
      '  3. Delete the cluster, and with it its volumes:',
      `     kubectl -n ${namespace} delete ${object}`,
      '  4. Recover. It is create, not apply: that refuses while the live cluster is there, where apply would change it:',
      `     kubectl create -f ${this.file}`,
      `     kubectl -n ${namespace} wait --for=condition=Ready ${object} --timeout=2h`,
      '  5. Look at the data. If they are not right, repeat from step 3 with another recoveryTarget and another archivesAs.',
      ...(this.archive === undefined ? [] : [`  6. It archives under another name from now on. Have the live cluster say so, and publish that before Flux goes on:`, `     serverName: '${this.archive.serverName}'`]),
      `  ${this.archive === undefined ? 6 : 7}. Let Flux go on:`,
      ...flux('resume'),
    ];
  }
}
