import type { BackupSpec } from '../../../imports/postgresql.cnpg.io';
import type { Directory } from '../../app/directory';
import { FieldChecks } from '../../app/field-checks';
import type { ApiPatch } from '../api-data';
import type { ApiResourceProps } from '../api-resource';
import { backupMethodFields, checkBackupMethod, type BackupMethodProps } from './backup-method';
import { UnsyncedResource } from './unsynced-resource';

export interface BackupProps extends ApiResourceProps, BackupMethodProps {
  /** Merged last over what the props say; a null is written, which to the API server is a field left out. */
  readonly spec?: ApiPatch<BackupSpec>;
}

/**
 * CNPG's `Backup`: one base backup, taken when somebody applies the file. Flux does not apply it.
 *
 * @example
 * new Backup(backups, 'on-demand', { cluster: pg });
 * // kubectl apply -f k8s/server/backup/on-demand.yaml
 * @see https://cloudnative-pg.io/documentation/current/backup/#on-demand-backups
 */
export class Backup extends UnsyncedResource {
  /** The cluster that it backs up. */
  declare readonly cluster: BackupMethodProps['cluster'];

  private readonly isSnapshot: boolean;

  /** @throws UserError `backup-missing` if the cluster has no destination for this method; `wrong-scope` where Flux would apply it */
  constructor(scope: Directory, id: string, props: BackupProps) {
    super(scope, id, 'Backup', props.cluster, props);
    const { cluster, target } = props;
    const fields = { cluster: { name: cluster.name }, target, ...backupMethodFields(props) };
    this.isSnapshot = fields.method === 'volumeSnapshot';
    const checks = new FieldChecks(this, 'Backup');
    checkBackupMethod(checks, props);
    this.checkSubstituted(checks, cluster.name).done();
    this.define({ spec: fields }, { spec: props.spec });
  }

  protected instructions(): readonly string[] {
    return [
      `One backup of the cluster ${this.namespace}/${this.cluster.name}:`,
      `  kubectl apply -f ${this.file}`,
      `  kubectl -n ${this.namespace} get backup.postgresql.cnpg.io/${this.name}`,
      'It runs once. Before the next one, delete the object:',
      `  kubectl delete -f ${this.file}`,
      ...(this.isSnapshot ? [] : ['The backup itself stays in the store.']),
    ];
  }
}
