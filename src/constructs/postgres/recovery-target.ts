import type { ClusterSpecBootstrapRecoveryRecoveryTarget } from '../../../imports/postgresql.cnpg.io';
import type { FieldChecks } from '../../app/field-checks';
import { isTimestamp } from '../../postgres/timestamp';
import type { ApiData } from '../api-data';

/**
 * Where a recovery stops: at most one of `targetTime` (RFC 3339 with its offset, `"2026-03-01T09:30:00Z"`), `targetLSN`,
 * `targetXID`, `targetName` and `targetImmediate`. The last three need the `backupID` of the base backup to start from;
 * the first two find it.
 */
export type RecoveryTarget = ApiData<ClusterSpecBootstrapRecoveryRecoveryTarget>;

const TARGETS = ['targetTime', 'targetLSN', 'targetXID', 'targetName', 'targetImmediate'] as const;

export function checkRecoveryTarget(checks: FieldChecks, target: RecoveryTarget | null | undefined): void {
  if (target == null) return;
  const given = TARGETS.filter((name) => target[name] != null);
  const needsBackup = given.find((name) => name === 'targetXID' || name === 'targetName' || name === 'targetImmediate');
  const { targetTime, targetTLI, targetLSN } = target;
  checks
    .require(given.length <= 1, 'value-invalid', `recovers to ${given.join(' and ')}`, 'choose one of them')
    .require(targetTime == null || isTimestamp(targetTime), 'value-invalid', `recovers to targetTime ${JSON.stringify(targetTime)}`, 'write a date and time with its offset, such as "2026-03-01T09:30:00Z" or "2026-03-01T09:30:00-05:00"')
    .require(targetLSN == null || /^[0-9A-Fa-f]{1,8}\/[0-9A-Fa-f]{1,8}$/.test(targetLSN), 'value-invalid', `recovers to targetLSN ${JSON.stringify(targetLSN)}`, 'write two hexadecimal numbers, such as "0/16B3748"')
    .require(targetTLI == null || /^(latest|[1-9][0-9]*)$/.test(targetTLI), 'value-invalid', `recovers along targetTLI ${JSON.stringify(targetTLI)}`, 'write "latest" or the number of a timeline')
    .require(needsBackup === undefined || target.backupID != null, 'value-invalid', `recovers to ${needsBackup} without a backupID`, 'add the backupID of the base backup to start from');
}
