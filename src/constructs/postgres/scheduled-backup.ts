import type { Construct } from 'constructs';
import type { ScheduledBackupSpec } from '../../../imports/postgresql.cnpg.io';
import { FieldChecks } from '../../app/field-checks';
import type { ApiData, ApiPatch } from '../api-data';
import { ApiResource, type ApiResourceProps } from '../api-resource';
import { backupMethodFields, checkBackupMethod, type BackupMethodProps } from './backup-method';
import { checkSchedule } from './backup-schedule';

export interface ScheduledBackupProps extends ApiResourceProps, BackupMethodProps {
  /**
   * When to back up: six cron fields, seconds first, as CNPG reads them, in the operator's time zone, which is UTC unless
   * somebody changed it. `"0 0 2 * * *"` is 02:00:00 every day. A descriptor such as `@daily` or `@every 12h` will do as well.
   */
  readonly schedule: string;

  /** Whether to take one backup as soon as the object is applied. @default false */
  readonly immediate?: boolean;

  /** Whether no backups are taken for the time being. @default false */
  readonly suspend?: boolean;

  /**
   * What deletes the Backup objects (never the backups in the store): the cluster, this schedule, or nobody.
   * @default "none" - they outlive both
   */
  readonly backupOwnerReference?: ApiData<ScheduledBackupSpec>['backupOwnerReference'];

  /** Merged last over what the props say; a null is written, which to the API server is a field left out. */
  readonly spec?: ApiPatch<ScheduledBackupSpec>;
}

/**
 * CNPG's `ScheduledBackup`: base backups of one cluster, repeated, to the destination that the cluster names.
 *
 * @example
 * new ScheduledBackup(server, 'nightly', { cluster: pg, schedule: '0 0 2 * * *', backupOwnerReference: 'self' });
 * @see https://cloudnative-pg.io/documentation/current/backup/#scheduled-backups
 */
export class ScheduledBackup extends ApiResource {
  /**
   * @throws UserError `schedule-without-seconds`, `schedule-invalid`, `schedule-never-fires` for the schedule,
   * `backup-missing` if the cluster has no destination for this method
   */
  constructor(scope: Construct, id: string, props: ScheduledBackupProps) {
    super(scope, id, 'postgresql.cnpg.io/v1', 'ScheduledBackup', props);
    const { cluster, schedule, immediate, suspend, backupOwnerReference, target } = props;
    const checks = new FieldChecks(this, 'ScheduledBackup');
    checkSchedule(checks, schedule);
    checkBackupMethod(checks, props);
    checks.done();
    this.define({
      spec: { schedule, immediate, suspend, backupOwnerReference, target, cluster: { name: cluster.name }, ...backupMethodFields(props) },
    }, { spec: props.spec });
  }
}
