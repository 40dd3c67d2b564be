import type { Rule } from '../rule';
import { backupScheduleInvalid } from './backup-schedule-invalid';
import { backupWithoutRetention } from './backup-without-retention';
import { barmanObjectStoreDeprecated } from './barman-object-store-deprecated';
import { clusterWithoutBackup } from './cluster-without-backup';
import { databaseDeleted } from './database-deleted';
import { recoveryOverwritesSource } from './recovery-overwrites-source';
import { recoverySourceDiffers } from './recovery-source-differs';
import { recoveryTooSmall } from './recovery-too-small';
import { workloadIdentityWithoutAccount } from './workload-identity-without-account';

/** Databases of CloudNativePG, their backups and restores. */
export const postgresRules: readonly Rule[] = [
  backupScheduleInvalid, backupWithoutRetention, barmanObjectStoreDeprecated, clusterWithoutBackup, databaseDeleted, recoveryOverwritesSource,
  recoverySourceDiffers, recoveryTooSmall, workloadIdentityWithoutAccount,
];
